"use client";

/** How often people needed more than their role reads this month: what is needed daily belongs into the policy. */
import { useQuery } from "@tanstack/react-query";
import { accessCountsQuery } from "@/lib/client/reveals";
import { Asked } from "../ui/asked";
import { Table } from "../ui/table";

export function AccessCountsTable() {
  const counts = useQuery(accessCountsQuery);
  return (
    <section className="mt-6">
      <h2 className="text-section font-strong">
        This month{counts.data && <span className="font-normal text-muted"> {counts.data.month} UTC</span>}
      </h2>
      <Asked query={counts} name="The counts" denied={<p>Hidden for your role.</p>}>
        {({ counts: rows }) =>
          rows.length === 0 ? (
            <p className="text-muted">Nobody needed more than their role reads.</p>
          ) : (
            <Table label="This month" columns={["What", "Role", "Wanted", "Answer", "Count"]}>
              {rows.map((row) => (
                <tr key={[row.kind, row.role, row.wanted, row.answer].join()} className="border-t border-line">
                  <td className="py-1 pr-4">{KINDS[row.kind]}</td>
                  <td className="pr-4">{row.role}</td>
                  <td className="pr-4">{row.wanted}</td>
                  <td className="pr-4">{row.answer}</td>
                  <td className="pr-4 tabular-nums">{row.count}</td>
                </tr>
              ))}
            </Table>
          )
        }
      </Asked>
    </section>
  );
}

const KINDS = { reveal: "reveal", role: "asked for a role", class: "asked for a class" } as const;
