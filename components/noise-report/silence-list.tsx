/** What is silenced for more than 30 days, or why that is not known. */
import type { ReviewView } from "@/lib/contract/review";

export function SilenceList({ listed, silencesUnknown }: Pick<ReviewView, "listed" | "silencesUnknown">) {
  return (
    <>
      {silencesUnknown !== "" ? (
        <p className="text-muted">
          <span aria-hidden="true">○ </span>
          Not known because {silencesUnknown}.
        </p>
      ) : (
        listed.length === 0 && <p className="text-muted">None.</p>
      )}
      <ul className="max-w-3xl text-small">
        {listed.map(({ label, since }, index) => (
          // Two silences may match the same alerts.
          <li key={`${label} ${String(index)}`} className="flex justify-between gap-3 border-t border-line/60 py-0.5">
            <span className="min-w-0 font-mono break-all">{label}</span>
            <span className="shrink-0 text-muted">{since === null ? "" : `since ${since.slice(0, 10)}`}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
