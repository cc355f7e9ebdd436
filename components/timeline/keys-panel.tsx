"use client";

/** The identity graph as a list: every id, how it was reached, and what crossing a boundary costs. */
import { useMemo, useState } from "react";
import { openRegions } from "@/lib/client/preferences";
import type { EdgeView, KeyView, UnlinkView } from "@/lib/contract/timeline-answer";
import { Button } from "../ui/button";
import { Disclosure } from "../ui/disclosure";
import { plural } from "./build-story";
import { EdgeLine } from "./edge-line";
import { boundaryWords, prepareKeys, widenWords, type KeyEntry } from "./prepare-keys";
import type { Unlinking } from "./unlinking";
import { UnlinksList } from "./unlinks-list";

const SHOWN = 12;

export interface KeysPanelProps {
  readonly keys: readonly KeyView[];
  readonly edges: readonly EdgeView[];
  readonly unlinks: readonly UnlinkView[];
  readonly unlinking: Unlinking | undefined;
  readonly onOpen: (id: string) => void;
  /** Asks again, across the boundary at this key. Undefined where nothing else may be asked. */
  readonly onWiden: ((key: string) => void) | undefined;
  /** Asks again after something was put back. */
  readonly onUndone: () => void;
}

export function KeysPanel({ keys, edges, unlinks, unlinking, onOpen, onWiden, onUndone }: KeysPanelProps) {
  const { entries, others } = useMemo(() => prepareKeys(keys, edges), [keys, edges]);
  const [all, setAll] = useState(false);
  if (keys.length + unlinks.length === 0) return null;
  const shown = all ? entries : entries.slice(0, SHOWN);
  return (
    <Disclosure name="Keys" stored={openRegions.keys} line={closedLine(entries, unlinks.length)}>
      <div className="space-y-2 px-3 pb-2 pl-9">
        <ul>
          {shown.map((entry) => (
            <KeyLine key={entry.id} entry={entry} unlinking={unlinking} onOpen={onOpen} onWiden={onWiden} />
          ))}
        </ul>
        {entries.length > SHOWN && (
          <Button
            look="plain"
            className="h-6 text-small"
            aria-expanded={all}
            onClick={() => {
              setAll(!all);
            }}
          >
            {all
              ? "Show fewer keys"
              : `Show ${String(entries.length - SHOWN)} more of ${plural(entries.length, "key")}`}
          </Button>
        )}
        {others.length > 0 && (
          <section aria-label="Joins to ids that are hidden for your role">
            <p className="text-muted">Ids that are hidden for your role</p>
            <ul>
              {others.map((edge, at) => (
                <EdgeLine key={at} edge={edge} onOpen={onOpen} />
              ))}
            </ul>
          </section>
        )}
        {unlinks.length > 0 && <UnlinksList unlinks={unlinks} mayUndo={unlinking !== undefined} onUndone={onUndone} />}
      </div>
    </Disclosure>
  );
}

function KeyLine({
  entry: { id, key, reachedBy },
  unlinking,
  onOpen,
  onWiden,
}: { entry: KeyEntry } & Pick<KeysPanelProps, "unlinking" | "onOpen" | "onWiden">) {
  const boundary = boundaryWords(key);
  return (
    <li className="border-t border-line/60 py-1 first:border-t-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
        <span className={key.asked ? "font-strong" : undefined}>
          <span className="text-muted">{key.kind}</span>{" "}
          <span className="font-mono break-all" title={key.value}>
            {key.value}
          </span>
        </span>
        {key.asked && <span className="text-muted">asked</span>}
        {key.pseudonym && <span className="text-muted">stand-in name</span>}
        <span className="text-muted">{plural(key.rows, "row")}</span>
        {key.degree > 0 && <span className="text-muted">beside {plural(key.degree, "other id")}</span>}
        {boundary !== undefined && <span className="text-warning">{boundary}</span>}
        {onWiden && key.widen && key.ref !== undefined && (
          <Button
            className="h-6 text-small"
            onClick={() => {
              onWiden(key.ref ?? id);
            }}
          >
            Widen: {widenWords(key.widen)}
            <span className="sr-only">
              {" "}
              to {key.kind} {key.value}
            </span>
          </Button>
        )}
        {unlinking?.mayUnlinkKey(id) && key.followed && (
          <Button
            look="plain"
            className="h-6 text-small text-muted"
            onClick={() => {
              unlinking.onUnlink({ kind: "key", target: id, label: `${key.kind} ${key.value}` });
            }}
          >
            Unlink this id…
          </Button>
        )}
      </div>
      {reachedBy.length > 0 && (
        <ul aria-label={`How ${key.kind} ${key.value} was reached`} className="pl-4">
          {reachedBy.map((edge, at) => (
            <EdgeLine key={at} edge={edge} onOpen={onOpen} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** Ids, boundaries and what was taken out, while the panel is closed. */
function closedLine(entries: readonly KeyEntry[], unlinks: number): string {
  const names = entries.map(({ key }) => {
    const value = key.kind === "trace" ? `${key.value.slice(0, 8)}…` : key.value;
    return `${key.kind} ${value}${key.boundary ? " (not followed)" : ""}`;
  });
  return [...(unlinks > 0 ? [`${String(unlinks)} unlinked`] : []), ...names].join(" · ");
}
