/** How long alerts were on, by whether a person is known to have acted before they ended. */
import { ENDING_FIGURES, ENDING_WORDS, secondsText } from "@/lib/contract/noise-charts/report-words";
import type { Figure, NoiseReport } from "@/lib/contract/noise-report";
import { Table } from "../ui/table";
import { OpenCount } from "./open-count";

export function EndingTable({
  duration,
  onOpen,
}: {
  duration: NoiseReport["duration"];
  onOpen: (figure: Figure, title: string) => void;
}) {
  if (duration.byEnd === null) {
    return <p className="text-muted">Not measured when this month was signed.</p>;
  }
  if (duration.n === 0) return <p className="text-muted">No alert of this month was seen to end.</p>;
  return (
    <>
      <Table label="Fires by how they ended" columns={["How it ended", "Fires", "Median", "90 % at most"]}>
        {duration.byEnd.map(({ ending, n, medianSeconds, p90Seconds }) => (
          <tr key={ending} className="border-t border-line/60">
            <th scope="row" className="py-1 pr-4 text-left font-normal">
              {ENDING_WORDS[ending]}
            </th>
            <td className="pr-4">
              <OpenCount
                count={n}
                of={ENDING_WORDS[ending]}
                onOpen={() => {
                  onOpen(ENDING_FIGURES[ending], ENDING_WORDS[ending]);
                }}
              />
            </td>
            <td className="pr-4">{quantileText(n, medianSeconds)}</td>
            <td className="pr-4">{quantileText(n, p90Seconds)}</td>
          </tr>
        ))}
      </Table>
      <p className="text-small text-muted">
        {duration.n} fires that their source resolved. An act by a person is an acknowledgment, a resolve, a note, a
        link or a silence before the end.
      </p>
    </>
  );
}

function quantileText(n: number, seconds: number | null): string {
  return n > 0 && seconds === null ? "too few" : n === 0 ? "" : secondsText(seconds);
}
