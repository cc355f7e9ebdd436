/** Shifts around now, and when nobody had one. */
import type { OnCallOverview } from "@/lib/contract/on-call-admin";
import { Table } from "../ui/table";
import { InstantText } from "./instant-text";

const GAPS_SHOWN = 3;

export function ShiftTable({ overview }: { overview: OnCallOverview }) {
  const { shifts, responders, coverage, shiftsCut, range } = overview;
  const names = new Map(responders.map(({ id, name }) => [id, name]));
  return (
    <section aria-labelledby="shifts" className="mt-6">
      <h2 id="shifts" className="text-section font-strong">
        Shifts
      </h2>
      {shifts.length === 0 ? (
        <p className="text-muted">
          No shift was told between {range.from.slice(0, 10)} and {range.to.slice(0, 10)}, so there are no on-call hours
          to compare with.
        </p>
      ) : (
        <>
          <ul aria-label="Coverage" className="my-1">
            {coverage.map(({ schedule, share, gaps }) => (
              <li key={schedule}>
                {gaps.length === 0 ? "" : "! "}
                {schedule === "" ? "Without a schedule" : schedule}: {Math.floor(share * 100)} % of the last 14 days
                covered
                {gaps.length > 0 && ", nobody "}
                {gaps.slice(0, GAPS_SHOWN).map(({ from, to }, index) => (
                  <span key={from}>
                    {index > 0 && "; "}
                    <InstantText iso={from} /> to <InstantText iso={to} />
                  </span>
                ))}
                {gaps.length > GAPS_SHOWN && ` and ${String(gaps.length - GAPS_SHOWN)} more times`}
              </li>
            ))}
          </ul>
          <Table label="Shifts" columns={["Person", "Schedule", "From", "To", "State"]}>
            {shifts.map((shift) => (
              <tr key={`${shift.responderId} ${shift.schedule} ${shift.from}`} className="border-t border-line">
                <th scope="row" className="py-1 pr-4 font-normal">
                  {names.get(shift.responderId) ?? "somebody"}
                </th>
                <td className="py-1 pr-4">{shift.schedule}</td>
                <td className="py-1 pr-4">
                  <InstantText iso={shift.from} />
                </td>
                <td className="py-1 pr-4">
                  <InstantText iso={shift.to} />
                </td>
                <td className="py-1 pr-4">{shift.from <= range.now && range.now < shift.to ? "● now" : ""}</td>
              </tr>
            ))}
          </Table>
          {shiftsCut && <p className="text-small text-muted">The first {shifts.length} of these 28 days are shown.</p>}
        </>
      )}
    </section>
  );
}
