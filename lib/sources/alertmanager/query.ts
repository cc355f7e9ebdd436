/**
 * Parameters of Alertmanager's list calls. No value of others ever goes into a matcher: which alerts belong to a service
 * is decided in `alerts-of-services.ts`, because each team names the label differently and matchers only know AND.
 */
type Parameters = readonly (readonly [name: string, value: string])[];

const EVERYTHING = [
  ["active", "true"],
  ["silenced", "true"],
  ["inhibited", "true"],
] as const;

export const ALERTS_PATH = "/api/v2/alerts";
export const GROUPS_PATH = "/api/v2/alerts/groups";
export const STATUS_PATH = "/api/v2/status";
export const SILENCES_PATH = "/api/v2/silences";

/** Alerts that wait to be routed are wanted too: they are real, only young. */
export const alertsParameters: Parameters = [...EVERYTHING, ["unprocessed", "true"]];

/** Groups have no `unprocessed`; `muted` exists since 0.28 and defaults to true before it was named. */
export const groupsParameters: Parameters = EVERYTHING;
