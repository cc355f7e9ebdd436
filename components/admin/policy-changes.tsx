/** What a draft would newly show, change or hide. What is newly shown stands first. */
import type { PolicyChange, PolicyEffect } from "@/lib/contract/policy";

const GROUPS: readonly { effect: PolicyEffect; title: string; sign: string; look: string }[] = [
  { effect: "more", title: "Newly shown", sign: "+", look: "text-warning" },
  { effect: "different", title: "Shown otherwise", sign: "~", look: "text-info" },
  { effect: "less", title: "Newly hidden", sign: "−", look: "text-muted" },
  { effect: "none", title: "Other changes", sign: "·", look: "text-muted" },
];

export function PolicyChanges({
  changes,
  fresh,
}: {
  /** Undefined while the first check runs. */
  changes: readonly PolicyChange[] | undefined;
  /** False while what is shown belongs to an earlier state of the draft. */
  fresh: boolean;
}) {
  return (
    <section aria-label="What the draft changes" aria-busy={!fresh}>
      <h2 className="text-section font-strong">What the draft changes</h2>
      {changes === undefined ? (
        <div className="skeleton mt-2 h-16" />
      ) : changes.length === 0 ? (
        <p className="text-muted">Nothing: the draft means the same as the policy in force.</p>
      ) : (
        GROUPS.map(({ effect, title, sign, look }) => {
          const group = changes.filter((change) => change.effect === effect);
          if (group.length === 0) return null;
          return (
            <div key={effect} className="mt-2">
              <h3 className="text-small font-strong">
                {title} <span className="font-normal text-muted">{group.length}</span>
              </h3>
              <ul className="text-small">
                {group.map((change, at) => (
                  <li key={at} className="flex gap-2 border-t border-line py-1">
                    <span aria-hidden="true" className={`w-3 font-mono ${look}`}>
                      {sign}
                    </span>
                    <span className="min-w-0">{change.sentence}</span>
                  </li>
                ))}
              </ul>
            </div>
          );
        })
      )}
    </section>
  );
}
