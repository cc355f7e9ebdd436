/**
 * What one timeline stream has brought so far, outside React: fifty thousand rows must not travel through state
 * updates one frame at a time. Listeners are told at most once per animation frame.
 */
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
import { mergeRows } from "./merge-rows";

/** Why a stream is over. `cut-off`: it stopped without saying that it was complete. */
export type StreamEnd =
  | { readonly kind: "complete" }
  | { readonly kind: "cut-off" }
  | { readonly kind: "signed-out" }
  | { readonly kind: "bad-request"; readonly field?: string; readonly detail?: string }
  | { readonly kind: "failed"; readonly code: string; readonly requestId?: string };

export interface TimelineSnapshot {
  /** `undefined` while frames may still come. */
  readonly ended: StreamEnd | undefined;
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
  readonly stats: StatsView | undefined;
  readonly completeness: CompletenessView | undefined;
  /** Rows and frames that could not be read. */
  readonly unreadable: number;
}

const EMPTY: TimelineSnapshot = {
  ended: undefined,
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
  stats: undefined,
  completeness: undefined,
  unreadable: 0,
};

export class TimelineStore {
  private snapshot: TimelineSnapshot = EMPTY;
  private readonly pendingRows = new Map<string, EventView>();
  private readonly pendingRemoved = new Set<string>();
  private pending: Partial<TimelineSnapshot> = {};
  private scheduled = false;
  private readonly listeners = new Set<() => void>();

  /** `schedule` runs its argument soon and once: `requestAnimationFrame` in the page, a direct call in tests. */
  constructor(private readonly schedule: (flush: () => void) => void) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly getSnapshot = (): TimelineSnapshot => this.snapshot;

  apply(frame: TimelineFrame): void {
    switch (frame.type) {
      case "start":
        return this.change({ query: frame.query });
      case "rows":
        // A row may be removed and sent again before the next flush: the last word counts.
        for (const row of frame.rows) {
          this.pendingRows.set(row.id, row);
          this.pendingRemoved.delete(row.id);
        }
        for (const id of frame.removed) {
          this.pendingRemoved.add(id);
          this.pendingRows.delete(id);
        }
        return this.change({});
      case "sources":
        return this.change({ sources: frame.sources });
      case "gaps":
        return this.change({ gaps: frame.gaps });
      case "metrics":
        return this.change({ metrics: frame.metrics });
      case "summary": {
        const { keys, edges, services, calls, findings, unlinks } = frame;
        return this.change({ keys, edges, services, calls, findings, unlinks });
      }
      case "heartbeat":
        return;
      case "settled":
        return this.change({ stats: frame.stats, completeness: frame.completeness });
      case "end":
        return this.change({ stats: frame.stats, completeness: frame.completeness, ended: { kind: "complete" } });
      case "error":
        return this.change({ ended: { kind: "failed", code: frame.code, requestId: frame.requestId } });
    }
  }

  countUnreadable(count: number): void {
    if (count > 0) this.change({ unreadable: (this.pending.unreadable ?? this.snapshot.unreadable) + count });
  }

  /** First end wins: after `end` nothing else is news. */
  end(end: StreamEnd): void {
    if (!this.hasEnded()) this.change({ ended: end });
  }

  hasEnded(): boolean {
    return (this.pending.ended ?? this.snapshot.ended) !== undefined;
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
    this.snapshot = { ...this.snapshot, ...this.pending, rows };
    this.pending = {};
    this.pendingRows.clear();
    this.pendingRemoved.clear();
  }
}
