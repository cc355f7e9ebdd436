/** What stops a draft from being published, and what is worth knowing before. */
import type { PolicyProblem } from "@/lib/contract/policy";

export function PolicyProblems({ problems, notes }: { problems: readonly PolicyProblem[]; notes: readonly string[] }) {
  if (problems.length + notes.length === 0) return null;
  return (
    <section aria-label="Problems" className="border-t-2 border-warning-line pt-1">
      <ul role="alert" className="text-small">
        {problems.map(({ path, detail }, at) => (
          <li key={at} className="py-0.5 text-error">
            ✕ <span className="font-mono">{path}</span> {detail}
          </li>
        ))}
        {notes.map((note) => (
          <li key={note} className="py-0.5 text-warning">
            ! {note}
          </li>
        ))}
      </ul>
    </section>
  );
}
