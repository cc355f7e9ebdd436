/** Hour by weekday. Strength is told by the number in the cell too; sleeping hours are outlined. */
import type { HeatMap } from "@/lib/contract/noise-charts/prepare-heat-map";

export function HeatGrid({ days }: Pick<HeatMap, "days">) {
  return (
    <div tabIndex={0} role="region" aria-label="Pages by hour and weekday" className="relative overflow-x-auto">
      <table className="w-full min-w-xl table-fixed border-separate border-spacing-px text-center text-[10px]">
        <thead className="text-muted">
          <tr>
            <td className="w-9" />
            {Array.from({ length: 24 }, (_, hour) => (
              <th key={hour} scope="col" className="font-normal">
                {hour % 3 === 0 ? String(hour).padStart(2, "0") : <span className="sr-only">{hour}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row" className="text-left font-normal text-muted">
                {name}
              </th>
              {cells.map(({ hour, pages, sleep, strength }) => (
                <td
                  key={hour}
                  title={`${name} ${String(hour).padStart(2, "0")}:00, ${String(pages)} pages${sleep ? ", sleeping hours" : ""}`}
                  className="h-5 rounded-xs"
                  style={{
                    background: `color-mix(in oklch, var(--series-1) ${String(Math.round(strength * 55))}%, var(--panel))`,
                    outline: sleep ? "1px dotted var(--line-strong)" : undefined,
                    outlineOffset: -1,
                  }}
                >
                  {pages === 0 ? "" : pages}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
