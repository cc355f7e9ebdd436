"use client";

/** Who may sign in, in which roles and teams, and what vendors were granted. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { minuteOf } from "@/lib/client/format-instant";
import { PEOPLE_KEY, peopleQuery } from "@/lib/client/people";
import type { Invitation, PeopleList, PersonView } from "@/lib/contract/person";
import type { Role } from "@/lib/domain/role";
import { Asked } from "../ui/asked";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { FIELD_LOOK } from "../ui/field-look";
import { Table } from "../ui/table";
import { useDebounced } from "../ui/use-debounced";
import { HowToAsk } from "../ui/how-to-ask";
import { InviteDialog } from "./invite-dialog";
import { PersonDialog } from "./person-dialog";

export function PeoplePage({ role, mayAdminister }: { role: Role; mayAdminister: boolean }) {
  const [filter, setFilter] = useState("");
  const people = useQuery({ ...peopleQuery(useDebounced(filter, 200)), enabled: mayAdminister });
  if (!mayAdminister) {
    return (
      <div className="mx-auto max-w-3xl px-4 py-8">
        <h1 className="text-page font-strong">People</h1>
        <p>Hidden for your role ({role}). Admins add people and decide their roles.</p>
        <p className="text-muted">If you have the admin role, switch in the account menu; else ask an admin.</p>
      </div>
    );
  }
  return (
    <div className="mx-auto max-w-6xl px-4 py-6">
      <h1 className="text-page font-strong">People</h1>
      <p className="max-w-3xl text-muted">
        Roles never add up: a person acts in one of theirs. A change counts from their next request on; open timelines
        end within seconds.
      </p>
      <label className="mt-4 block w-64">
        <span className="block text-small text-muted">Filter by name, address, team or role</span>
        <input
          type="search"
          value={filter}
          className={`h-7 w-full ${FIELD_LOOK}`}
          onChange={(event) => {
            setFilter(event.target.value);
          }}
        />
      </label>
      <Asked
        query={people}
        name="The people"
        denied={
          <>
            <p>Hidden for your role ({role}). This page needs the ability to administer.</p>
            <HowToAsk />
          </>
        }
      >
        {(list) => <Loaded list={list} />}
      </Asked>
    </div>
  );
}

function Loaded({ list }: { list: PeopleList }) {
  const queries = useQueryClient();
  const [open, setOpen] = useState<string>();
  const [inviting, setInviting] = useState(false);
  const [invitation, setInvitation] = useState<Invitation>();
  const person = list.people.find(({ id }) => id === open);
  const changed = (): Promise<void> => queries.invalidateQueries({ queryKey: PEOPLE_KEY });
  return (
    <>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button look="primary" onClick={() => setInviting(true)}>
          Invite person
        </Button>
        <span className="text-muted">
          {list.people.length} of {list.total} people
        </span>
      </div>
      {invitation && <InvitationNote invitation={invitation} />}
      {list.people.length === 0 ? (
        <p className="mt-4 text-muted">Nobody is found by this filter.</p>
      ) : (
        <PeopleTable people={list.people} onOpen={setOpen} />
      )}
      {inviting && (
        <InviteDialog
          roles={list.roles}
          onClose={() => setInviting(false)}
          onInvited={(made) => {
            setInviting(false);
            setInvitation(made);
            void changed();
          }}
        />
      )}
      {person && (
        <PersonDialog
          key={person.id}
          person={person}
          roles={list.roles}
          onChanged={changed}
          onInvited={setInvitation}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

function InvitationNote({ invitation }: { invitation: Invitation }) {
  const link = `${window.location.origin}${invitation.path}`;
  return (
    <div role="status" className="mt-3 rounded-md border border-accent p-3">
      <p className="font-strong">Give this link to the person. It is not shown again.</p>
      <p className="flex flex-wrap items-center gap-2">
        <code className="font-mono break-all">{link}</code>
        <CopyButton text={link} label="Copy link" />
      </p>
      <p className="text-small text-muted">
        Whoever has it chooses the password. It works once, until {minuteOf(invitation.expiresAt)}.
      </p>
    </div>
  );
}

function PeopleTable({ people, onOpen }: { people: readonly PersonView[]; onOpen: (id: string) => void }) {
  return (
    <div className="mt-3">
      <Table label="People" columns={["Name", "Address", "Acts as", "May act as", "Teams", "Grants", "State"]}>
        {people.map((person) => (
          <tr key={person.id} className="border-t border-line">
            <th scope="row" className="py-1 pr-4 font-normal">
              <button type="button" className="text-left underline" onClick={() => onOpen(person.id)}>
                {person.name}
              </button>
              {person.self && <span className="text-muted"> (you)</span>}
            </th>
            <td className="pr-4">{person.email}</td>
            <td className="pr-4">{person.role}</td>
            <td className="pr-4">
              {person.roles.join(", ")}
              {person.fromGroups && <span className="text-muted"> (from groups)</span>}
            </td>
            <td className="pr-4">{person.teams.join(", ")}</td>
            <td className="pr-4">{grantWords(person)}</td>
            <td className="pr-4">{person.disabledAt === null ? "active" : "✕ disabled"}</td>
          </tr>
        ))}
      </Table>
    </div>
  );
}

function grantWords({ grants }: PersonView): string {
  const live = grants.filter(({ state }) => state === "in-force");
  const services = [...new Set(live.flatMap((grant) => (grant.oneIncident ? ["one incident"] : grant.services)))];
  return services.join(", ");
}
