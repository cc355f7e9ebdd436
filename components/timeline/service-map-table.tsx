/** The service map as two tables: services, and calls between them. */
import type { ReactNode } from "react";
import { formatDuration } from "@/lib/client/format-duration";
import type { ServiceMapProps } from "./service-map-drawing";

export function ServiceMapTable({ map, chosen, onChoose }: ServiceMapProps) {
  return (
    <div
      role="region"
      aria-label="Service map as a table"
      tabIndex={0}
      className="grid max-h-96 gap-6 overflow-auto md:grid-cols-2"
    >
      <Table caption="Services" columns={["Service", "Rows", "Errors", "Owner"]}>
        {[...map.nodes, ...map.alone].map(({ service, breakPoint }) => (
          <tr key={service.name} className="border-t border-line/60">
            <th scope="row" className="pr-3 text-left font-normal">
              <button
                type="button"
                aria-pressed={service.name === chosen}
                className="text-left text-accent hover:underline"
                onClick={() => {
                  onChoose(service.name === chosen ? "" : service.name);
                }}
              >
                {service.name}
              </button>
              {breakPoint && <span className="ml-2 font-strong text-error">◎ {breakPoint} break point</span>}
            </th>
            <Count value={service.rows} />
            <Count value={service.errors} />
            <td className="pr-3 text-right">{service.owner ?? "not known"}</td>
          </tr>
        ))}
      </Table>
      <Table caption="Calls" columns={["From and to", "Calls", "Failed", "Slowest"]}>
        {map.calls.map((call) => (
          <tr key={`${call.from}\n${call.to}`} className="border-t border-line/60">
            <th scope="row" className="pr-3 text-left font-normal">
              {call.from} → {call.to}
            </th>
            <Count value={call.calls} />
            <Count value={call.errors} />
            <td className="pr-3 text-right font-mono">
              {call.slowestNs === undefined ? "not shown" : formatDuration(call.slowestNs)}
            </td>
          </tr>
        ))}
      </Table>
    </div>
  );
}

function Table({ caption, columns, children }: { caption: string; columns: readonly string[]; children: ReactNode }) {
  return (
    <table className="h-fit w-full text-small">
      <caption className="text-left text-muted">{caption}</caption>
      <thead>
        <tr className="text-muted">
          {columns.map((column, at) => (
            <th key={column} scope="col" className={`pr-3 font-normal ${at === 0 ? "text-left" : "text-right"}`}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function Count({ value }: { value: number }) {
  return <td className="pr-3 text-right font-mono">{value.toLocaleString("en")}</td>;
}
