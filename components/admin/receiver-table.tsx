/** Whom alerts of each receiver reached: what was told, not what a route says. */
import type { OnCallOverview } from "@/lib/contract/on-call-admin";
import { Table } from "../ui/table";
import { ROUTE_WORDS } from "./hook-words";

export function ReceiverTable({ overview: { receivers, responders } }: { overview: OnCallOverview }) {
  const names = new Map(responders.map(({ id, name }) => [id, name]));
  return (
    <section aria-labelledby="receivers" className="mt-6">
      <h2 id="receivers" className="text-section font-strong">
        Receivers and whom they reach
      </h2>
      <p className="max-w-3xl text-small text-muted">
        Receivers of alerts of the last 30 days. What each means is said by its hook&apos;s path, or in
        <code className="font-mono"> alerts.receivers</code> of the file; whom it reached is what pages told.
      </p>
      {receivers.length === 0 ? (
        <p className="text-muted">No alert of the last 30 days named a receiver.</p>
      ) : (
        <Table label="Receivers" columns={["Receiver", "In the file", "Episodes", "Reached"]}>
          {receivers.map(({ receiver, means, episodes, paged }) => (
            <tr key={receiver} className="border-t border-line align-top">
              <th scope="row" className="py-1 pr-4 font-mono text-small font-normal">
                {receiver}
              </th>
              <td className="py-1 pr-4">{ROUTE_WORDS[means].short}</td>
              <td className="py-1 pr-4">{episodes}</td>
              <td className="py-1 pr-4">
                {paged.length === 0 ? (
                  <span className="text-muted">nobody, as far as is told</span>
                ) : (
                  paged.map((id) => names.get(id) ?? "somebody").join(", ")
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}
