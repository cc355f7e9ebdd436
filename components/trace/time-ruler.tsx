/** Moments above the bars, counted from the start of the trace. */
import { rulerTicks, type TimeWindowUs } from "./ruler-ticks";

export function TimeRuler({ span, most }: { span: TimeWindowUs; most: number }) {
  return (
    <div aria-hidden="true" className="trace-columns grid h-5 shrink-0 border-b border-line text-muted">
      <span className="px-2 text-small leading-5">span</span>
      <span className="relative overflow-hidden border-l border-line font-mono text-[10px] leading-5">
        {rulerTicks(span, most).map((tick) => {
          const at = (tick.atUs - span.fromUs) / Math.max(span.toUs - span.fromUs, 0.001);
          return (
            <span
              key={tick.atUs}
              className="absolute h-full border-l border-line pl-1 whitespace-nowrap"
              style={at > 0.94 ? { right: 0, border: 0, paddingRight: 4 } : { left: `${String(at * 100)}%` }}
            >
              {tick.label}
            </span>
          );
        })}
      </span>
    </div>
  );
}
