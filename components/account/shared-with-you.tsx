"use client";

/** What admins shared with the reader alone: services or one incident, until a date. */
import { useQuery } from "@tanstack/react-query";
import { minuteOf } from "@/lib/client/format-instant";
import { ownGrantsQuery } from "@/lib/client/people";
import type { GrantView } from "@/lib/contract/person";
import { Asked } from "../ui/asked";
import { grantScopeWords } from "../ui/grant-words";
import { Table } from "../ui/table";

export function SharedWithYou() {
  const grants = useQuery(ownGrantsQuery);
  return (
    <section className="mt-4">
      <h2 className="text-section font-strong">Shared with you</h2>
      <Asked query={grants} name="What was shared with you" denied={<p>Hidden for your role.</p>}>
        {(list) =>
          list.grants.length === 0 ? (
            <p className="text-muted">Nothing beyond your role.</p>
          ) : (
            <Table label="Shared with you" columns={["What", "Since", "Until", "State", "Why"]}>
              {list.grants.map((grant) => (
                <GrantRow key={grant.id} grant={grant} />
              ))}
            </Table>
          )
        }
      </Asked>
    </section>
  );
}

const STATES: Readonly<Record<GrantView["state"], string>> = {
  "in-force": "in force",
  expired: "ended",
  revoked: "taken back",
};

function GrantRow({ grant }: { grant: GrantView }) {
  const { createdAt, expiresAt, state, reason } = grant;
  return (
    <tr className={`border-t border-line align-top ${state === "in-force" ? "" : "text-muted"}`}>
      <th scope="row" className="py-1.5 pr-4 font-normal wrap-anywhere">
        {grantScopeWords(grant)}
      </th>
      <td className="py-1.5 pr-4 whitespace-nowrap">{minuteOf(createdAt)}</td>
      <td className="py-1.5 pr-4 whitespace-nowrap">{minuteOf(expiresAt)}</td>
      <td className="py-1.5 pr-4">{STATES[state]}</td>
      <td className="max-w-xs py-1.5 wrap-anywhere">
        {reason === "" ? <span className="text-muted">hidden for your role</span> : reason}
      </td>
    </tr>
  );
}
