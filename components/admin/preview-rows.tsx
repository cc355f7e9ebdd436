"use client";

/** Rows of one incident with what two roles read, side by side; a row opens to its fields. */
import clsx from "clsx";
import { useState } from "react";
import { formatClock } from "@/lib/client/format-instant";
import type { EventView } from "@/lib/contract/event-view";
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";
import type { Role } from "@/lib/domain/role";
import { ActorMark, SourceMark } from "../timeline/marks";
import { preparePreviewRows } from "./prepare-preview-rows";

const MAX_ROWS = 200;

export function PreviewRows({
  answers,
  roles,
}: {
  answers: readonly (TimelineAnswer | undefined)[];
  roles: readonly [Role, Role];
}) {
  const [open, setOpen] = useState<string>();
  const rows = preparePreviewRows(answers);
  if (rows.length === 0) {
    return <p className="text-small">No rows: neither role sees anything of this incident in this range.</p>;
  }
  return (
    <>
      <p className="text-small text-muted">
        {Math.min(rows.length, MAX_ROWS)} of {rows.length} rows, times in UTC.{" "}
        {answers.map((answer, at) => (
          <span key={at}>
            {roles[at]}: {answer?.events.length ?? 0} rows, {answer?.stats.withheld ?? 0} of them stubs.{" "}
          </span>
        ))}
      </p>
      {answers.map((answer, at) =>
        answer && answer.completeness.state !== "complete" ? (
          <p key={at} className="border-t-2 border-warning-line py-0.5 text-small">
            ! As {roles[at]}: {answer.completeness.sentence}
          </p>
        ) : null,
      )}
      <div className="relative max-h-[70vh] overflow-auto border-t border-line">
        <ul className="text-small">
          {rows.slice(0, MAX_ROWS).map(({ id, place, views, differs }) => (
            <li key={id} className="border-b border-line">
              <button
                type="button"
                aria-expanded={open === id}
                className="flex w-full items-start gap-2 py-1 text-left hover:bg-hover"
                onClick={() => {
                  setOpen(open === id ? undefined : id);
                }}
              >
                <span className="w-16 shrink-0 font-mono text-muted">{formatClock(place.happenedAtNs, "utc", 0)}</span>
                <span className="flex shrink-0 gap-0.5">
                  <ActorMark actor={place.actor.kind} />
                  <SourceMark source={place.source} kind={place.kind} />
                </span>
                <span className="grid min-w-0 flex-1 grid-cols-2 gap-2">
                  {views.map((view, at) => (
                    <Words key={at} view={view} />
                  ))}
                </span>
                <span className={clsx("w-3 shrink-0", differs ? "text-accent" : "text-muted")}>
                  <span aria-hidden="true">{differs ? "≠" : "="}</span>
                  <span className="sr-only">{differs ? "differs" : "the same for both"}</span>
                </span>
              </button>
              {open === id && (
                <div className="grid grid-cols-2 gap-2 pb-2 pl-[6.5rem]">
                  {views.map((view, at) => (
                    <Fields key={at} view={view} />
                  ))}
                </div>
              )}
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function Words({ view }: { view: EventView | undefined }) {
  if (!view) return <span className="text-muted italic">not there</span>;
  return (
    <span className="min-w-0 break-words">
      {view.service !== null && <span className="text-muted">{view.service} · </span>}
      {view.title}
    </span>
  );
}

function Fields({ view }: { view: EventView | undefined }) {
  const fields = Object.entries(view?.attributes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  if (fields.length === 0) return <p className="text-muted">No fields.</p>;
  return (
    <dl className="min-w-0 text-[11px] leading-4">
      {fields.map(([path, { value, class: fieldClass }]) => (
        <div key={path} className="break-all">
          <dt className="inline text-muted">
            {path} <span className="sr-only">({fieldClass})</span>
          </dt>{" "}
          <dd className="inline font-mono">{String(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
