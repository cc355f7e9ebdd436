/**
 * Which rows the reader has, which of them came after the first answer, and which a new stream did not send again. Kept
 * apart from the rows themselves, so that frames cost their own size and not that of the list.
 */
import type { EventView } from "@/lib/contract/event-view";

/** A row that came after the first answer. */
export interface Arrival {
  /** By the reader's clock. */
  readonly atMs: number;
  /** It sorts before a row that was here already. */
  readonly late: boolean;
}

export class KnownRows {
  private readonly ids = new Set<string>();
  /** Rows of earlier streams that the open one has not sent; undefined once it settled. */
  private unconfirmed: Set<string> | undefined;
  private wasSettled = false;
  private newestOrderKey = "";
  private list: ReadonlyMap<string, Arrival> = new Map();

  /** A new map whenever something is different. */
  get arrivals(): ReadonlyMap<string, Arrival> {
    return this.list;
  }

  beginStream(): void {
    this.unconfirmed = new Set(this.ids);
  }

  /** Rows of one frame. They are news to each other: late is what sorts before a row that was here before the frame. */
  add(rows: readonly EventView[], atMs: number): void {
    const newest = this.newestOrderKey;
    const arrived = new Map<string, Arrival>();
    for (const { id, orderKey } of rows) {
      this.unconfirmed?.delete(id);
      if (orderKey > this.newestOrderKey) this.newestOrderKey = orderKey;
      if (this.ids.has(id)) continue;
      this.ids.add(id);
      if (this.wasSettled) arrived.set(id, { atMs, late: orderKey < newest });
    }
    if (arrived.size > 0) this.list = new Map([...this.list, ...arrived]);
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.ids.delete(id);
    if (ids.some((id) => this.list.has(id))) {
      const gone = new Set(ids);
      this.list = new Map([...this.list].filter(([id]) => !gone.has(id)));
    }
  }

  /** The stream said everything there is. Gives the rows of earlier streams that are no more. */
  settle(): readonly string[] {
    const gone = [...(this.unconfirmed ?? [])];
    this.unconfirmed = undefined;
    this.wasSettled = true;
    return gone;
  }
}
