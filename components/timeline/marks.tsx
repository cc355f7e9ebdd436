/** Source, actor and outcome by letter and shape first, hue second. Each mark carries its words for screen readers. */
import clsx from "clsx";
import type { EventView } from "@/lib/contract/event-view";

const SOURCE_LETTERS: Record<EventView["source"], { letter: string; name: string }> = {
  loki: { letter: "L", name: "logs" },
  tempo: { letter: "T", name: "traces" },
  prometheus: { letter: "M", name: "metrics" },
  alertmanager: { letter: "A", name: "alerts" },
  sentry: { letter: "S", name: "Sentry" },
};
export const SOURCE_KINDS_IN_ORDER = ["loki", "tempo", "prometheus", "alertmanager", "sentry"] as const;

const ACTOR_SHAPES: Record<EventView["actor"]["kind"], string> = {
  customer: "●",
  staff: "◆",
  service: "■",
  job: "▲",
  system: "○",
};
export const ACTORS_IN_ORDER = ["customer", "staff", "service", "job", "system"] as const;

export function sourceName(source: EventView["source"]): string {
  return SOURCE_LETTERS[source].name;
}

/** A deploy or a note is told by its kind, whatever store it came from. */
function letterOf(source: EventView["source"], kind?: EventView["kind"]): string {
  if (kind === "deploy") return "D";
  if (kind === "note") return "N";
  return SOURCE_LETTERS[source].letter;
}

export function SourceMark({ source, kind }: { source: EventView["source"]; kind?: EventView["kind"] }) {
  return (
    <span
      title={SOURCE_LETTERS[source].name}
      className="inline-flex size-4 shrink-0 items-center justify-center rounded-[3px] border border-line-strong font-mono text-[10px] leading-none"
    >
      <span aria-hidden="true">{letterOf(source, kind)}</span>
      <span className="sr-only">{SOURCE_LETTERS[source].name}</span>
    </span>
  );
}

export function ActorMark({ actor }: { actor: EventView["actor"]["kind"] }) {
  return (
    <span title={actor} className={clsx("w-4 shrink-0 text-center", actor === "staff" ? "text-accent" : "text-muted")}>
      <span aria-hidden="true">{ACTOR_SHAPES[actor]}</span>
      <span className="sr-only">{actor}</span>
    </span>
  );
}

/** `calm`: told by its shape alone, for rows that were not joined by an id. */
export function OutcomeMark({ outcome, calm = false }: { outcome: EventView["outcome"]; calm?: boolean }) {
  if (outcome !== "error" && outcome !== "warning") return <span className="w-4 shrink-0" />;
  return (
    <span
      className={clsx(
        "w-4 shrink-0 text-center font-strong",
        calm ? "text-muted" : outcome === "error" ? "text-error" : "text-warning",
      )}
      title={outcome}
    >
      <span aria-hidden="true">{outcome === "error" ? "✕" : "!"}</span>
      <span className="sr-only">{outcome}</span>
    </span>
  );
}
