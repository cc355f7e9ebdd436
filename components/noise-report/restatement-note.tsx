/** What became known after the signature. The signed numbers stay as they are. */
import type { Restatement } from "@/lib/contract/review";
import { minuteOf } from "@/lib/client/format-instant";

export function RestatementNote({ restatement }: { restatement: Restatement | null }) {
  if (restatement === null || restatement.lines.length === 0) return null;
  const { lines, lateVerdicts, asOf } = restatement;
  return (
    <section aria-label="Restatement" className="border-l-2 border-warning-line bg-warning-soft px-3 py-2">
      <p>
        <span aria-hidden="true">! </span>
        Signed numbers stand below. By what is known at {minuteOf(asOf)} ({lateVerdicts} late verdicts) they would be:
      </p>
      <ul className="text-small">
        {lines.map(({ id, title, signed, now }) => (
          <li key={id}>
            {title}: {text(signed)} signed, {text(now)} now
          </li>
        ))}
      </ul>
    </section>
  );
}

const text = (value: number | null): string =>
  value === null ? "not known" : Number.isInteger(value) ? String(value) : value.toFixed(2);
