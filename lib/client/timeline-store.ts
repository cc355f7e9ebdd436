/**
 * What one timeline stream has brought so far, outside React: fifty thousand rows must not travel through state
 * updates one frame at a time. Listeners are told at most once per animation frame.
 */
import type { RevealView } from "@/lib/contract/reveal";
import type { EventView } from "@/lib/contract/event-view";
import type {
  CompletenessView,
  EdgeView,
  FindingView,
  GapView,
  KeyView,
  MetricView,
  QueryView,
  ServiceCallView,
  ServiceView,
  SourceStatusView,
  StatsView,
  TimelineFrame,
  UnlinkView,
} from "@/lib/contract/timeline-answer";
import { KnownRows, type Arrival } from "./known-rows";
import { mergeRows } from "./merge-rows";

/** Why a stream is over. `cut-off`: it stopped without saying that it was complete. */
export type StreamEnd =
  | { readonly kind: "complete" }
  | { readonly kind: "cut-off" }
  | { readonly kind: "signed-out" }
  | { readonly kind: "bad-request"; readonly field?: string; readonly detail?: string }
  | { readonly kind: "failed"; readonly code: string; readonly requestId?: string };

/** How a question that follows what happens stands. */
export type LiveState = "off" | "connecting" | "following" | "reconnecting" | "paused";

export interface TimelineSnapshot {
  /** `undefined` until the question is answered. A live one that settled counts as complete: what follows is news. */
  readonly ended: StreamEnd | undefined;
  readonly live: LiveState;
  /** Sources were asked for everything before this instant. */
  readonly upTo: string | undefined;
  /** When that was said, by the reader's clock. */
  readonly settledAtMs: number | undefined;
  /** By row id. */
  readonly arrivals: ReadonlyMap<string, Arrival>;
  readonly query: QueryView | undefined;
  /** Ascending by `orderKey`, unique by id. */
  readonly rows: readonly EventView[];
  readonly gaps: readonly GapView[];
  readonly sources: readonly SourceStatusView[];
  readonly metrics: readonly MetricView[];
  readonly keys: readonly KeyView[];
  readonly edges: readonly EdgeView[];
  readonly services: readonly ServiceView[];
  readonly calls: readonly ServiceCallView[];
  readonly findings: readonly FindingView[];
  readonly unlinks: readonly UnlinkView[];
  readonly reveals: readonly RevealView[];
  readonly stats: StatsView | undefined;
  readonly completeness: CompletenessView | undefined;
  /** Rows and frames that could not be read. */
  readonly unreadable: number;
}

const EMPTY: TimelineSnapshot = {
  ended: undefined,
  live: "off",
  upTo: undefined,
  settledAtMs: undefined,
  arrivals: new Map(),
  query: undefined,
  rows: [],
  gaps: [],
  sources: [],
  metrics: [],
  keys: [],
  edges: [],
  services: [],
  calls: [],
  findings: [],
  unlinks: [],
  reveals: [],
  stats: undefined,
  completeness: undefined,
  unreadable: 0,
};

export class TimelineStore {
  private snapshot: TimelineSnapshot = EMPTY;
  private readonly pendingRows = new Map<string, EventView>();
  private readonly pendingRemoved = new Set<string>();
  private pending: Partial<TimelineSnapshot> = {};
  private readonly known = new KnownRows();
  private closedAs: StreamEnd | undefined;
  private scheduled = false;
  private readonly listeners = new Set<() => void>();

  /** `schedule` runs its argument soon and once: `requestAnimationFrame` in the page, a direct call in tests. */
  constructor(
    private readonly schedule: (flush: () => void) => void,
    private readonly now: () => number = Date.now,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly getSnapshot = (): TimelineSnapshot => this.snapshot;

  /** How the stream ended, or undefined while it is open. */
  get closed(): StreamEnd | undefined {
    return this.closedAs;
  }

  /** A new stream begins. What is here stays until the new stream has said what there is. */
  connect(live: boolean): void {
    this.closedAs = undefined;
    this.known.beginStream();
    const isAgain = this.hasEnded();
    this.change({
      live: !live ? "off" : isAgain ? "reconnecting" : "connecting",
      ...(live ? {} : { ended: undefined }),
    });
  }

  /** Nobody looks: no stream is open, what is here grows old. */
  pause(): void {
    this.change({ live: "paused" });
  }

  /** The reader stopped following: what is here stays, as of its last round. */
  unfollow(): void {
    this.change({ live: "off" });
  }

  apply(frame: TimelineFrame): void {
    switch (frame.type) {
      case "start":
        return this.change({ query: frame.query });
      case "rows":
        // A row may be removed and sent again before the next flush: the last word counts.
        this.known.add(frame.rows, this.now());
        for (const row of frame.rows) {
          this.pendingRows.set(row.id, row);
          this.pendingRemoved.delete(row.id);
        }
        this.remove(frame.removed);
        return this.change({});
      case "sources":
        return this.change({ sources: frame.sources });
      case "gaps":
        return this.change({ gaps: frame.gaps });
      case "metrics":
        return this.change({ metrics: frame.metrics });
      case "summary": {
        const { keys, edges, services, calls, findings, unlinks, reveals } = frame;
        return this.change({ keys, edges, services, calls, findings, unlinks, reveals });
      }
      case "heartbeat":
        return;
      case "settled":
        this.settle(frame.stats, frame.completeness);
        return this.change({ live: "following", upTo: frame.upTo, settledAtMs: this.now() });
      case "end":
        this.closedAs = { kind: "complete" };
        return this.settle(frame.stats, frame.completeness);
      case "error":
        return this.end({ kind: "failed", code: frame.code, requestId: frame.requestId });
    }
  }

  countUnreadable(count: number): void {
    if (count > 0) this.change({ unreadable: (this.pending.unreadable ?? this.snapshot.unreadable) + count });
  }

  /** First end wins: after `end` nothing else is news. A live question that lost its stream is not over. */
  end(end: StreamEnd): void {
    if (this.closedAs) return;
    this.closedAs = end;
    if (this.current("live") === "off" || isFinal(end)) this.change({ ended: end, live: "off" });
    else this.change({ live: "reconnecting" });
  }

  /** The question was answered once, or cannot be. */
  hasEnded(): boolean {
    return this.current("ended") !== undefined;
  }

  private settle(stats: StatsView, completeness: CompletenessView): void {
    this.remove(this.known.settle());
    this.change({ stats, completeness, ended: { kind: "complete" } });
  }

  private remove(ids: readonly string[]): void {
    this.known.remove(ids);
    for (const id of ids) {
      this.pendingRemoved.add(id);
      this.pendingRows.delete(id);
    }
  }

  private current<K extends keyof TimelineSnapshot>(field: K): TimelineSnapshot[K] {
    const next: Partial<TimelineSnapshot> = this.pending;
    return field in next ? { ...this.snapshot, ...next }[field] : this.snapshot[field];
  }

  private change(part: Partial<TimelineSnapshot>): void {
    this.pending = { ...this.pending, ...part };
    if (this.scheduled) return;
    this.scheduled = true;
    this.schedule(() => {
      this.scheduled = false;
      this.flush();
      for (const listener of this.listeners) listener();
    });
  }

  private flush(): void {
    // The list keeps its identity when no row changed, so that memoised filters do not run again.
    const rows = mergeRows(this.snapshot.rows, this.pendingRows, this.pendingRemoved);
    this.snapshot = { ...this.snapshot, ...this.pending, rows, arrivals: this.known.arrivals };
    this.pending = {};
    this.pendingRows.clear();
    this.pendingRemoved.clear();
  }
}

/** Asking again would be answered the same. */
export function isFinal(end: StreamEnd): boolean {
  return end.kind === "signed-out" || end.kind === "bad-request";
}
