"use client";

/** Who called whom in this incident, and where it broke. Pressing a service leaves its rows; the table has the same. */
import { useMemo, useState } from "react";
import { openRegions } from "@/lib/client/preferences";
import type { TimelineSnapshot } from "@/lib/client/timeline-store";
import { isLoss } from "@/lib/domain/evidence-gap";
import { Button } from "../ui/button";
import { Disclosure } from "../ui/disclosure";
import { Icon } from "../ui/icon";
import { plural } from "./build-story";
import { MAX_DRAWN, prepareServiceMap } from "./prepare-service-map";
import { ServiceMapDrawing } from "./service-map-drawing";
import { ServiceMapTable } from "./service-map-table";

export function ServiceMap({
  snapshot,
  chosen,
  onChoose,
}: {
  snapshot: Pick<TimelineSnapshot, "services" | "calls" | "findings" | "gaps" | "ended">;
  /** The service whose rows are shown; empty for all. */
  chosen: string;
  onChoose: (service: string) => void;
}) {
  const { services, calls, findings, gaps, ended } = snapshot;
  const map = useMemo(() => prepareServiceMap(services, calls, findings), [services, calls, findings]);
  const [wantsTable, setWantsTable] = useState(false);
  const count = map.nodes.length + map.alone.length;
  if (count === 0) return null;
  const tooMany = count > MAX_DRAWN;
  const asTable = wantsTable || tooMany;
  const isPartial = gaps.some((gap) => gap.source === "tempo" && isLoss(gap));
  const broken = [...map.nodes, ...map.alone].find((node) => node.breakPoint);
  const line = [
    plural(count, "service"),
    `${plural(map.calls.length, "connection")}`,
    ...(broken ? [`${broken.breakPoint ?? ""} break point: ${broken.service.name}`] : []),
  ].join(" · ");
  return (
    <Disclosure name="Services" stored={openRegions.map} line={line}>
      <div className="px-3 pb-2">
        {map.calls.length === 0 && (
          <p className="text-muted">
            {ended ? "No call between services is known: only traces show them." : "Traces are still answering."}
          </p>
        )}
        {isPartial && <p className="text-warning">Traces are not complete: calls may be missing here.</p>}
        {asTable ? (
          <ServiceMapTable map={map} chosen={chosen} onChoose={onChoose} />
        ) : (
          <ServiceMapDrawing map={map} chosen={chosen} onChoose={onChoose} />
        )}
        <div className="mt-1 flex flex-wrap items-center gap-x-4 text-muted">
          {tooMany ? (
            <span>More than {MAX_DRAWN} services are readable only as a table.</span>
          ) : (
            <>
              <span>Press a service to see its rows alone.</span>
              <Button
                look="plain"
                className="ml-auto h-6 text-small"
                aria-pressed={asTable}
                onClick={() => {
                  setWantsTable(!wantsTable);
                }}
              >
                <Icon name={asTable ? "chart" : "table"} /> {asTable ? "Show drawing" : "Show table"}
              </Button>
            </>
          )}
        </div>
      </div>
    </Disclosure>
  );
}
