/** How the line of a service is drawn: the same in every chart and in the legend. Pure. */

/** Dash patterns tell lines apart where hues do not. */
const LINE_LOOKS = [
  { stroke: "var(--series-1)", strokeDasharray: "" },
  { stroke: "var(--series-2)", strokeDasharray: "5 2" },
  { stroke: "var(--series-3)", strokeDasharray: "2 2" },
  { stroke: "var(--series-4)", strokeDasharray: "8 3" },
  { stroke: "var(--series-5)", strokeDasharray: "1 3" },
  { stroke: "var(--series-6)", strokeDasharray: "8 2 2 2" },
] as const;

/** A service keeps its look in all charts. */
export function lookOf(service: string, services: readonly string[]): (typeof LINE_LOOKS)[number] {
  return LINE_LOOKS[Math.max(0, services.indexOf(service)) % LINE_LOOKS.length] ?? LINE_LOOKS[0];
}
