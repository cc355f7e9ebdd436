/** What all charts share. */
export const AXIS_TICK = { fontSize: 11, fill: "var(--muted)" } as const;

export const TOOLTIP_LOOK = {
  background: "var(--raised)",
  border: "1px solid var(--line)",
  borderRadius: 6,
  fontSize: 12,
} as const;
