/** What notifications say of pages where no pager told of any. Never beside counted pages in one sum. */
import type { Figure, NoiseReport } from "@/lib/contract/noise-report";
import { ESTIMATE_NOTE } from "@/lib/contract/noise-charts/report-words";
import { Table } from "../ui/table";
import { OpenCount } from "./open-count";

export function EstimateTable({
  estimated,
  onOpen,
}: {
  estimated: NonNullable<NoiseReport["estimated"]>;
  onOpen: (figure: Figure, title: string, group: string) => void;
}) {
  return (
    <>
      <Table label="Estimated pages by receiver" columns={["Receiver", "Notifications", "Estimated pages"]}>
        {estimated.receivers.map(({ receiver, notifications, pages }) => (
          <tr key={receiver} className="border-t border-line/60">
            <th scope="row" className="py-1 pr-4 text-left font-normal wrap-anywhere">
              {receiver}
            </th>
            <td className="pr-4">
              <OpenCount
                count={notifications}
                of={`notifications to ${receiver}`}
                onOpen={() => {
                  onOpen("estimated-notifications", `Notifications to ${receiver}`, `receiver:${receiver}`);
                }}
              />
            </td>
            <td className="pr-4">
              {estimated.scheduleKnown ? (
                <OpenCount
                  count={pages}
                  of={`estimated pages of ${receiver}`}
                  onOpen={() => {
                    onOpen("estimated-pages", `Estimated pages of ${receiver}`, `receiver:${receiver}`);
                  }}
                />
              ) : (
                "not known: no schedule"
              )}
            </td>
          </tr>
        ))}
      </Table>
      <p className="text-small text-muted">{ESTIMATE_NOTE}</p>
    </>
  );
}
