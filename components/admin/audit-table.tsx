"use client";

/** Audit entries, dense. Person, action, incident and subjects are ways to more of the same. */
import { zonePreference } from "@/lib/client/preferences";
import type { AuditActorView, AuditEntryView } from "@/lib/contract/audit";
import { useStoredValue } from "../ui/use-stored-value";
import { InstantText, zoneLabel } from "./instant-text";
import type { SetAuditFilters } from "./use-audit-filters";

export function AuditTable({
  entries,
  setFilters,
}: {
  entries: readonly AuditEntryView[];
  setFilters: SetAuditFilters;
}) {
  const zone = useStoredValue(zonePreference, "utc");
  const heads = ["No.", `Time (${zoneLabel(zone)})`, "Who", "Role", "Action", "Incident", "Whose data", "Detail"];
  return (
    <div className="relative mt-2 overflow-x-auto" tabIndex={0} role="region" aria-label="Audit entries">
      <table className="w-full min-w-[64rem] text-left text-small">
        <thead className="text-muted">
          <tr>
            {heads.map((name) => (
              <th key={name} scope="col" className="py-1 pr-3 font-normal whitespace-nowrap">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row key={entry.seq} entry={entry} setFilters={setFilters} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ entry, setFilters }: { entry: AuditEntryView; setFilters: SetAuditFilters }) {
  const { seq, at, actor, role, action, incident, subjects, moreSubjects, detail } = entry;
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="py-1 pr-3 text-right font-mono font-normal text-muted">
        {seq}
      </th>
      <td className="py-1 pr-3">
        <InstantText iso={at} />
      </td>
      <td className="py-1 pr-3">
        <Way
          label={actorName(actor)}
          tells="Show only entries of this person"
          onClick={() => {
            setFilters({ actor: actor.id });
          }}
        />
      </td>
      <td className="py-1 pr-3">{role}</td>
      <td className="py-1 pr-3 font-mono">
        <Way
          label={action}
          tells="Show only this action"
          onClick={() => {
            setFilters({ action });
          }}
        />
      </td>
      <td className="py-1 pr-3 font-mono">
        {incident !== null && (
          <Way
            label={incident.slice(0, 8)}
            tells="Show only entries of this incident"
            onClick={() => {
              setFilters({ incident });
            }}
          />
        )}
      </td>
      <td className="max-w-80 py-1 pr-3 font-mono break-all">
        {subjects.map((subject) => (
          <span key={subject} className="mr-2">
            <Way
              label={subject}
              tells="Show who saw this, and only entries about it"
              onClick={() => {
                setFilters({ subject });
              }}
            />
          </span>
        ))}
        {moreSubjects > 0 && (
          <span className="text-muted" title="Beyond the first ones, or of kinds that your role does not read">
            and {moreSubjects} more
          </span>
        )}
      </td>
      <td className="max-w-80 py-1 break-words">{detailText(detail)}</td>
    </tr>
  );
}

function Way({ label, tells, onClick }: { label: string; tells: string; onClick: () => void }) {
  return (
    <button type="button" title={tells} onClick={onClick} className="text-left text-accent hover:underline">
      {label}
    </button>
  );
}

/** The program's own entries and those of removed people have no name. */
export function actorName({ id, name }: AuditActorView): string {
  return name ?? (/^[a-z]+$/.test(id) ? id : `${id.slice(0, 8)}…`);
}

function detailText(detail: AuditEntryView["detail"]): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(", ") : String(value)}`)
    .join(" · ");
}
