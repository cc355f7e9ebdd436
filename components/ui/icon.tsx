/** Sixteen-pixel line icons. Decoration: the control that holds one carries the words. */
const PATHS = {
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14",
  sliders: "M2 4h6.5M12 4h2M2 8h2M7.5 8H14M2 12h6.5M12 12h2M10.2 2.5v3M5.7 6.5v3M10.2 10.5v3",
  key: "M9.5 8.5a3.5 3.5 0 1 0-2-2L2 12v2h2.5v-2h2v-2l1-1.5ZM10.5 5h.01",
  sun: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1",
  moon: "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z",
  system: "M2 3h12v8H2zM6 14h4M8 11v3",
  close: "M4 4l8 8M12 4l-8 8",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  check: "M3 8.5 6.5 12 13 4.5",
  chevron: "M4.5 6.5 8 10l3.5-3.5",
  external: "M9 2.5h4.5V7M13.5 2.5 7.5 8.5M11 9.5v4H2.5V5h4",
  retry: "M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3",
  bell: "M8 2.5a4 4 0 0 0-4 4c0 3.5-1.5 4.5-1.5 5h11c0-.5-1.5-1.5-1.5-5a4 4 0 0 0-4-4ZM6.5 13.5h3",
  report: "M3 2.5h7l3 3v8H3zM10 2.5v3h3M5.5 8.5h5M5.5 11h3",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 5v3.5l2 1.5",
  chart: "M2 14h12M4 11V8M8 11V4M12 11V6",
  table: "M2.5 3h11v10h-11zM2.5 6.5h11M2.5 10h11M6.5 3v10",
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg
      aria-hidden="true"
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="shrink-0"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
