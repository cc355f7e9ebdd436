"use client";

/** People whom feeds named: who they sign in as, their team, the clock they live by and since when. */
import { useState } from "react";
import type { ResponderView } from "@/lib/contract/on-call-admin";
import { Table } from "../ui/table";
import { ResponderDialog } from "./responder-dialog";

export function ResponderTable({ responders }: { responders: readonly ResponderView[] }) {
  const [open, setOpen] = useState<string>();
  const responder = responders.find(({ id }) => id === open);
  if (responders.length === 0) {
    return <p className="text-muted">Nobody yet: a feed or a file of people, shifts or pages names them.</p>;
  }
  return (
    <>
      <Table label="People who are paged" columns={["Name", "In the feed", "Signs in as", "Team", "Clock"]}>
        {responders.map((one) => (
          <tr key={one.id} className="border-t border-line align-top">
            <th scope="row" className="py-1 pr-4 font-normal">
              <button type="button" className="text-left underline" onClick={() => setOpen(one.id)}>
                {one.name}
              </button>
            </th>
            <td className="py-1 pr-4">{one.handle}</td>
            <td className="py-1 pr-4">{one.user?.email ?? <span className="text-muted">nobody here</span>}</td>
            <td className="py-1 pr-4">{one.team === "" ? <span className="text-muted">not said</span> : one.team}</td>
            <td className="py-1 pr-4">{zoneWords(one)}</td>
          </tr>
        ))}
      </Table>
      {responder && <ResponderDialog key={responder.id} responder={responder} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function zoneWords({ zones }: ResponderView): string {
  const last = zones.at(-1);
  if (!last) return "! none: UTC is assumed";
  return zones.length === 1 ? last.zone : `${last.zone} since ${last.from.slice(0, 10)}`;
}
