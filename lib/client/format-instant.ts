/** Times on screen: always with a named zone somewhere in sight, nanoseconds kept as text. Pure. */
export type DisplayZone = "utc" | "local";

const pad = (value: number, width = 2): string => String(value).padStart(width, "0");

/** `10:14:03.012` from 19 digits of nanoseconds. `digits` of the fraction, cut, not rounded. */
export function formatClock(ns: string, zone: DisplayZone, digits = 3): string {
  const at = new Date(msOfNs(ns));
  const [h, m, s] =
    zone === "utc"
      ? [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()]
      : [at.getHours(), at.getMinutes(), at.getSeconds()];
  const fraction = digits === 0 ? "" : `.${ns.slice(10, 10 + digits)}`;
  return `${pad(h)}:${pad(m)}:${pad(s)}${fraction}`;
}

/** `2026-11-23`. */
export function formatDay(ms: number, zone: DisplayZone): string {
  const at = new Date(ms);
  return zone === "utc"
    ? at.toISOString().slice(0, 10)
    : `${String(at.getFullYear())}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

/** `2026-11-23 10:14:03.012000001 UTC`: what tooltips and the panel show. */
export function formatFull(ns: string, zone: DisplayZone): string {
  return `${formatDay(msOfNs(ns), zone)} ${formatClock(ns, zone, 9)} ${zoneName(zone, msOfNs(ns))}`;
}

/** `10:09 – 10:19 UTC`, with days where they differ from each other. */
export function formatWindow(fromMs: number, toMs: number, zone: DisplayZone): string {
  const short = (ms: number): string => formatClock(nsOfMs(ms), zone, 0).slice(0, 5);
  const [fromDay, toDay] = [formatDay(fromMs, zone), formatDay(toMs, zone)];
  const last = fromDay === toDay ? short(toMs) : `${toDay} ${short(toMs)}`;
  return `${fromDay} ${short(fromMs)} – ${last} ${zoneName(zone, toMs)}`;
}

/** `2026-03-01 10:14 UTC` from an ISO instant in UTC: for lists of what people did. */
export function minuteOf(instant: string): string {
  return `${instant.slice(0, 16).replace("T", " ")} UTC`;
}

/** `UTC`, or the offset: names such as `CET` are ambiguous. */
export function zoneName(zone: DisplayZone, atMs: number): string {
  if (zone === "utc") return "UTC";
  const minutes = -new Date(atMs).getTimezoneOffset();
  const absolute = Math.abs(minutes);
  return `UTC${minutes < 0 ? "−" : "+"}${pad(Math.floor(absolute / 60))}:${pad(absolute % 60)}`;
}

export function msOfNs(ns: string): number {
  return Number(ns.slice(0, -6));
}

export function nsOfMs(ms: number): string {
  return `${String(Math.max(0, Math.floor(ms)))}000000`.padStart(19, "0");
}
