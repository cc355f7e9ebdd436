"use client";

/** Everything about one row, beside the list: opening a detail never loses the search. Width is remembered. */
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import type { DisplayZone } from "@/lib/client/format-instant";
import { DEFAULT_PANEL_WIDTH_PX, clampPanelWidth, panelWidthPreference } from "@/lib/client/preferences";
import type { EventView } from "@/lib/contract/event-view";
import type { QueryView } from "@/lib/contract/timeline-answer";
import { CopyButton } from "../ui/copy-button";
import { Icon } from "../ui/icon";
import { useStoredValue } from "../ui/use-stored-value";
import { AttributeGroups } from "./attribute-groups";
import { ActorMark, OutcomeMark, SourceMark } from "./marks";
import { RowFacts } from "./row-facts";
import { HiddenNote } from "./hidden-note";
import type { Unlinking } from "./unlinking";
import { OutsideLink, WhyChain } from "./why-chain";

export interface SidePanelProps {
  readonly row: EventView;
  readonly query?: QueryView | undefined;
  /** The trace of the row. */
  readonly trace?: ReactNode;
  readonly zone: DisplayZone;
  /** Absent for roles that may not take anything out. */
  readonly unlinking?: Unlinking | undefined;
  /** Asks for more than the role reads. Absent where nobody may. */
  readonly onReveal?: (() => void) | undefined;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

export function SidePanel({ onClose, ...body }: SidePanelProps) {
  const { row } = body;
  const widthPx = useStoredValue(panelWidthPreference, DEFAULT_PANEL_WIDTH_PX);
  return (
    <>
      <Divider widthPx={widthPx} />
      <aside
        aria-label="Row detail"
        className="slides-in fixed inset-0 z-30 overflow-y-auto bg-bg md:static md:z-auto md:shrink-0"
        style={{ width: `max(min(${String(widthPx)}px, 60vw), min(100vw, 300px))` }}
      >
        <header className="sticky top-0 flex items-center gap-2 border-b border-line bg-bg px-4 py-2">
          <ActorMark actor={row.actor.kind} />
          {row.seenIn.map((source) => (
            <SourceMark key={source} source={source} {...(source === row.source ? { kind: row.kind } : {})} />
          ))}
          <span className="min-w-0 flex-1 truncate text-muted">
            {row.service ?? "no service named"}
            {row.environment !== null && ` · ${row.environment}`}
          </span>
          <OutcomeMark outcome={row.outcome} />
          <button
            type="button"
            aria-label="Close row detail"
            title="Close (esc)"
            onClick={onClose}
            className="rounded p-1 hover:bg-hover"
          >
            <Icon name="close" />
          </button>
        </header>
        <PanelBody {...body} />
      </aside>
    </>
  );
}

function PanelBody({ row, query, trace, zone, unlinking, onReveal, onOpen }: Omit<SidePanelProps, "onClose">) {
  return (
    <div className="space-y-4 px-4 py-3">
      <div>
        <h2 className="text-section font-strong wrap-anywhere">{row.sentence}</h2>
        {row.title !== row.sentence && <p className="mt-1 font-mono text-small wrap-anywhere">{row.title}</p>}
      </div>
      <RowFacts row={row} zone={zone} onOpen={onOpen} />
      {row.text !== undefined && row.text !== row.title && (
        <pre className="max-h-72 overflow-auto rounded bg-panel p-2 font-mono text-small whitespace-pre-wrap wrap-anywhere">
          {row.text}
        </pre>
      )}
      <div className="-ml-2.5 flex flex-wrap">
        {row.links.map((link) => (
          <OutsideLink key={link.url} href={link.url} label={link.label} />
        ))}
        <CopyButton text={() => window.location.href} label="Copy row link" />
        {row.span && <CopyButton text={row.span.traceId} label="Copy trace id" />}
      </div>
      {trace}
      <Section title="Why is this here">
        <WhyChain steps={row.why} unlinking={unlinking} onOpen={onOpen} />
        {unlinking && (
          <button
            type="button"
            className="mt-2 text-small text-muted underline hover:text-text"
            onClick={() => {
              unlinking.onUnlink({ kind: "row", target: row.id, label: row.sentence });
            }}
          >
            Unlink this row…
          </button>
        )}
      </Section>
      <AttributeGroups row={row} />
      {query && <HiddenNote query={query} onReveal={onReveal} />}
    </div>
  );
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 font-strong">{title}</h3>
      {children}
    </section>
  );
}

/** Drag, or use the arrow keys. */
function Divider({ widthPx }: { widthPx: number }) {
  const start = useRef<{ x: number; widthPx: number } | null>(null);
  const move = (event: PointerEvent): void => {
    if (start.current)
      panelWidthPreference.set(clampPanelWidth(start.current.widthPx + start.current.x - event.clientX));
  };
  const step = (event: KeyboardEvent): void => {
    const byPx = event.key === "ArrowLeft" ? 24 : event.key === "ArrowRight" ? -24 : 0;
    if (byPx === 0) return;
    event.preventDefault();
    panelWidthPreference.set(clampPanelWidth(widthPx + byPx));
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the row detail"
      aria-valuenow={widthPx}
      aria-valuemin={300}
      aria-valuemax={900}
      tabIndex={0}
      className="hidden w-1 shrink-0 cursor-col-resize touch-none border-l border-line hover:bg-accent md:block"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, widthPx };
      }}
      onPointerMove={move}
      onPointerUp={() => {
        start.current = null;
      }}
      onKeyDown={step}
    />
  );
}
