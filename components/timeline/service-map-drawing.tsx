"use client";

/** The service map drawn: buttons in columns over lines. The lines say calls, failures and the slowest call. */
import clsx from "clsx";
import { formatDuration } from "@/lib/client/format-duration";
import type { ServiceCallView } from "@/lib/contract/timeline-answer";
import { plural } from "./build-story";
import type { MapNode, ServiceMap } from "./prepare-service-map";

const NODE_WIDTH_PX = 168;
const NODE_HEIGHT_PX = 44;
const COLUMN_PX = NODE_WIDTH_PX + 132;
const PLACE_PX = NODE_HEIGHT_PX + 24;

export interface ServiceMapProps {
  readonly map: ServiceMap;
  readonly chosen: string;
  readonly onChoose: (service: string) => void;
}

export function ServiceMapDrawing({ map, chosen, onChoose }: ServiceMapProps) {
  const widthPx = (map.columns - 1) * COLUMN_PX + NODE_WIDTH_PX;
  const heightPx = (map.tallest - 1) * PLACE_PX + NODE_HEIGHT_PX;
  const nodes = new Map(map.nodes.map((node) => [node.service.name, node]));
  return (
    <>
      {map.nodes.length > 0 && (
        <div role="region" aria-label="Service map" tabIndex={0} className="max-h-96 overflow-auto pt-5 pb-6">
          <div className="relative" style={{ width: widthPx, height: heightPx }}>
            <svg aria-hidden="true" width={widthPx} height={heightPx} className="absolute inset-0 overflow-visible">
              <defs>
                <marker
                  id="call-end"
                  viewBox="0 0 8 8"
                  refX="7"
                  refY="4"
                  markerWidth="7"
                  markerHeight="7"
                  orient="auto"
                >
                  <path d="M0 0 8 4 0 8Z" fill="var(--line-strong)" />
                </marker>
              </defs>
              {map.calls.map((call) => (
                <CallLine key={`${call.from}\n${call.to}`} call={call} nodes={nodes} />
              ))}
            </svg>
            {map.nodes.map((node) => (
              <ServiceButton
                key={node.service.name}
                node={node}
                isChosen={node.service.name === chosen}
                onChoose={onChoose}
                style={{ position: "absolute", left: node.column * COLUMN_PX, top: node.place * PLACE_PX }}
              />
            ))}
          </div>
        </div>
      )}
      {map.alone.length > 0 && (
        <div className="flex flex-wrap items-center gap-2 py-1">
          <span className="text-muted">No call known of</span>
          {map.alone.map((node) => (
            <ServiceButton
              key={node.service.name}
              node={node}
              isChosen={node.service.name === chosen}
              onChoose={onChoose}
            />
          ))}
        </div>
      )}
    </>
  );
}

function ServiceButton({
  node: { service, breakPoint },
  isChosen,
  onChoose,
  style,
}: {
  node: MapNode;
  isChosen: boolean;
  onChoose: (service: string) => void;
  style?: React.CSSProperties;
}) {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      title={service.name}
      className={clsx(
        "relative flex flex-col justify-center rounded-md border bg-raised px-2 text-left text-small hover:bg-hover",
        breakPoint ? "border-2 border-double border-error outline-offset-2" : "border-line-strong",
        isChosen && "bg-selected outline-2 outline-accent",
      )}
      style={{ width: NODE_WIDTH_PX, height: NODE_HEIGHT_PX, ...style }}
      onClick={() => {
        onChoose(isChosen ? "" : service.name);
      }}
    >
      <span className="w-full truncate font-strong">{service.name}</span>
      <span className="w-full truncate text-muted">
        {plural(service.rows, "row")}
        {service.errors > 0 && <span className="text-error"> · {plural(service.errors, "error")}</span>}
      </span>
      {breakPoint && (
        <span className="absolute -top-4 left-0 font-strong whitespace-nowrap text-error">
          ◎ {breakPoint} break point
        </span>
      )}
    </button>
  );
}

function CallLine({ call, nodes }: { call: ServiceCallView; nodes: ReadonlyMap<string, MapNode> }) {
  const [from, to] = [nodes.get(call.from), nodes.get(call.to)];
  if (!from || !to) return null;
  const line = lineOf(from, to);
  const failed = call.errors > 0;
  return (
    <g>
      <title>{callWords(call)}</title>
      <path
        d={line.path}
        fill="none"
        stroke={failed ? "var(--error)" : "var(--line-strong)"}
        strokeWidth={1.25}
        {...(failed ? { strokeDasharray: "5 3" } : {})}
        markerEnd="url(#call-end)"
      />
      <text
        x={line.labelX}
        y={line.labelY}
        textAnchor="middle"
        fontSize={11}
        fill={failed ? "var(--error)" : "var(--muted)"}
        stroke="var(--bg)"
        strokeWidth={4}
        paintOrder="stroke"
      >
        {labelOf(call)}
      </text>
    </g>
  );
}

/** One text: pieces of it would paint their outlines over each other. */
function labelOf({ calls, errors, slowestNs }: ServiceCallView): string {
  const failed = errors > 0 ? ` ✕${errors.toLocaleString("en")}` : "";
  const slowest = slowestNs === undefined ? "" : ` ${formatDuration(slowestNs)}`;
  return `${calls.toLocaleString("en")}×${failed}${slowest}`;
}

/** Forward as a curve from side to side; back, or within a column, as an arc beneath. */
function lineOf(from: MapNode, to: MapNode): { path: string; labelX: number; labelY: number } {
  const middle = (place: number): number => place * PLACE_PX + NODE_HEIGHT_PX / 2;
  const [x1, y1] = [from.column * COLUMN_PX + NODE_WIDTH_PX, middle(from.place)];
  const [x2, y2] = [to.column * COLUMN_PX, middle(to.place)];
  if (to.column > from.column) {
    const bend = 56;
    const path = `M${at(x1, y1)} C${at(x1 + bend, y1)} ${at(x2 - bend, y2)} ${at(x2 - 2, y2)}`;
    // Near the end: lines part there, labels of one caller do not cover each other.
    return { path, labelX: x2 - 62, labelY: y2 + (y1 - y2) * 0.28 - 4 };
  }
  const [fromX, toX] = [x1 - NODE_WIDTH_PX / 2, x2 + NODE_WIDTH_PX / 2];
  const [fromY, toY] = [y1 + NODE_HEIGHT_PX / 2, y2 + NODE_HEIGHT_PX / 2];
  const deep = Math.max(fromY, toY) + 20;
  const path = `M${at(fromX, fromY)} C${at(fromX, deep)} ${at(toX, deep)} ${at(toX, toY + 2)}`;
  return { path, labelX: toX + (fromX - toX) * 0.2, labelY: deep };
}

function at(x: number, y: number): string {
  return `${String(x)} ${String(y)}`;
}

/** `a calls b: 12 calls, 3 failed, slowest 1.2 s`. */
function callWords({ from, to, calls, errors, slowestNs }: ServiceCallView): string {
  const slowest = slowestNs === undefined ? "" : `, slowest ${formatDuration(slowestNs)}`;
  return `${from} calls ${to}: ${plural(calls, "call")}, ${String(errors)} failed${slowest}`;
}
