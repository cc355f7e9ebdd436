/** Pages by hour and weekday of the clock of whoever was paged. Pure. */
import type { NoiseReport } from "@/lib/contract/noise-report";

export interface HeatCell {
  readonly weekday: number;
  readonly hour: number;
  readonly pages: number;
  readonly sleep: boolean;
  /** 0 to 1 of the fullest cell. */
  readonly strength: number;
}

export interface HeatMap {
  readonly finding: string;
  /** Monday first, each with 24 hours. */
  readonly days: readonly { readonly name: string; readonly cells: readonly HeatCell[] }[];
  readonly pages: number;
}

const NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

export function prepareHeatMap(heat: NoiseReport["heat"]): HeatMap {
  const most = Math.max(1, ...heat.map(({ pages }) => pages));
  const known = new Map(heat.map((cell) => [`${String(cell.weekday)}-${String(cell.hour)}`, cell]));
  const days = NAMES.map((name, index) => ({
    name,
    cells: Array.from({ length: 24 }, (_, hour) => {
      const cell = known.get(`${String(index + 1)}-${String(hour)}`);
      const pages = cell?.pages ?? 0;
      return { weekday: index + 1, hour, pages, sleep: cell?.sleep ?? false, strength: pages / most };
    }),
  }));
  const pages = heat.reduce((total, cell) => total + cell.pages, 0);
  const asleep = heat.reduce((total, cell) => total + (cell.sleep ? cell.pages : 0), 0);
  const finding =
    pages === 0
      ? "Nobody was paged"
      : `${String(asleep)} of ${String(pages)} pages came in sleeping hours (${String(Math.round((asleep / pages) * 100))} %)`;
  return { finding, days, pages };
}
