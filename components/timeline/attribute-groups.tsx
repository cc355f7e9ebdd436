/** Attributes grouped by what kind of data they hold; what the role does not read is said beside them. */
import type { EventView } from "@/lib/contract/event-view";
import { groupAttributes } from "./group-attributes";

export function AttributeGroups({ row }: { row: EventView }) {
  const groups = groupAttributes(row);
  if (groups.length === 0) return <p className="text-small text-muted">No attributes that your role reads.</p>;
  return groups.map((group) => (
    <section key={group.name}>
      <h3 className="mb-1 font-strong">{group.name}</h3>
      <dl className="text-small">
        {group.attributes.map((attribute) => (
          <div key={attribute.path} className="flex flex-wrap gap-x-3 border-t border-line/60 py-1">
            <dt className="w-40 shrink-0 font-mono break-all text-muted">{attribute.path}</dt>
            <dd className="min-w-0 flex-1 font-mono wrap-anywhere">
              {attribute.value}
              {attribute.treatment !== "show" && (
                <span className="ml-2 font-sans text-muted">{TREATED[attribute.treatment] ?? attribute.treatment}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}

const TREATED: Readonly<Record<string, string>> = {
  scrub: "scrubbed",
  template: "known sentence",
  pseudonym: "stand-in name",
  "incident-pseudonym": "stand-in name",
  team: "team only",
  mask: "masked",
  bucket: "rounded",
};
