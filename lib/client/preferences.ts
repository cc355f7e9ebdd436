/** What the browser remembers. Searches hold business ids, so they live only as long as the tab. */
import { z } from "zod";
import type { DisplayZone } from "./format-instant";
import { storedValue } from "./stored-value";

const MAX_RECENT = 8;
export const DEFAULT_PANEL_WIDTH_PX = 440;
const RecentSearches = z.array(z.strictObject({ key: z.string(), label: z.string() })).max(MAX_RECENT);
export type RecentSearch = z.infer<typeof RecentSearches>[number];

const local = (): Storage => window.localStorage;
const session = (): Storage => window.sessionStorage;

export const zonePreference = storedValue<DisplayZone>(
  "throughline.zone",
  local,
  (text) => (text === "local" ? "local" : "utc"),
  (zone) => zone,
);

export const panelWidthPreference = storedValue<number>(
  "throughline.panel-width",
  local,
  (text) => clampPanelWidth(Number(text) || DEFAULT_PANEL_WIDTH_PX),
  String,
);

const flag = (name: string) =>
  storedValue<boolean>(
    name,
    local,
    (text) => text === "open",
    (open) => (open ? "open" : "closed"),
  );

/** Which of the regions above the rows stand open. Closed at first: the rows are the page. */
export const openRegions = {
  gaps: flag("throughline.open-gaps"),
  keys: flag("throughline.open-keys"),
  metrics: flag("throughline.open-metrics"),
  map: flag("throughline.open-map"),
  comparison: flag("throughline.open-comparison"),
  reveals: flag("throughline.open-reveals"),
};

export function clampPanelWidth(px: number): number {
  return Math.min(900, Math.max(300, Math.round(px)));
}

export const recentSearches = storedValue<readonly RecentSearch[]>(
  "throughline.recent",
  session,
  (text) => {
    try {
      return RecentSearches.parse(JSON.parse(text ?? "[]"));
    } catch {
      return [];
    }
  },
  JSON.stringify,
);

export function rememberSearch(search: RecentSearch): void {
  const others = recentSearches.get().filter((one) => one.key !== search.key);
  recentSearches.set([search, ...others].slice(0, MAX_RECENT));
}
