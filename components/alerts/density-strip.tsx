/** Episodes per day as a strip: height by count, the number in words for those who do not see it. */
const WIDTH_PX = 120;
const HEIGHT_PX = 16;

export function DensityStrip({ density }: { density: readonly number[] }) {
  const most = Math.max(1, ...density);
  const step = WIDTH_PX / Math.max(1, density.length);
  const days = density.filter((count) => count > 0).length;
  return (
    <svg
      role="img"
      aria-label={`fired on ${String(days)} of ${String(density.length)} days, at most ${String(Math.max(0, ...density))} times a day`}
      width={WIDTH_PX}
      height={HEIGHT_PX}
      className="shrink-0 text-accent"
    >
      <line x1="0" x2={WIDTH_PX} y1={HEIGHT_PX - 0.5} y2={HEIGHT_PX - 0.5} stroke="var(--line)" />
      {density.map((count, day) => {
        const height = count === 0 ? 0 : Math.max(2, (count / most) * (HEIGHT_PX - 1));
        return (
          <rect
            key={day}
            x={day * step}
            y={HEIGHT_PX - 1 - height}
            width={Math.max(1, step - 1)}
            height={height}
            fill="currentColor"
          />
        );
      })}
    </svg>
  );
}
