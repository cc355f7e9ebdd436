"use client";

/** What one may see, and how to ask for more: for a while in one incident, or for good. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { accessRequestsQuery, askForAccess, withdrawAccessRequest } from "@/lib/client/access-requests";
import { minuteOf } from "@/lib/client/format-instant";
import { NewAccessRequest, type AccessRequestList, type AccessRequestView } from "@/lib/contract/access-request";
import { FIELD_CLASSES, type Role } from "@/lib/domain/role";
import { CLASS_TITLES } from "../timeline/class-titles";
import { SharedWithYou } from "./shared-with-you";
import { Asked } from "../ui/asked";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { FIELD_LOOK } from "../ui/field-look";
import { SureButton } from "../ui/sure-button";
import { Table } from "../ui/table";

export function AccessPage({ role, mayReveal }: { role: Role; mayReveal: boolean }) {
  const requests = useQuery(accessRequestsQuery);
  return (
    <div className="mx-auto max-w-4xl px-4 py-8">
      <h1 className="text-page font-strong">Access</h1>
      <p className="text-muted">
        You act as {role}. What is hidden is hidden for the role, not for you: switch in the account menu if you have
        another one, or ask here.
      </p>
      {mayReveal && (
        <p className="mt-1 text-muted">
          For one incident and a few minutes: open a row there and choose “Reveal…”. For good: ask here.
        </p>
      )}
      <SharedWithYou />
      <Asked query={requests} name="The requests" denied={<p>Hidden for your role ({role}).</p>}>
        {(list) => (
          <>
            <AskForm list={list} />
            <h2 className="mt-6 text-section font-strong">Your requests</h2>
            <Requests requests={list.requests.filter(({ mine }) => mine)} />
            {!list.complete && (
              <p className="mt-2 text-muted">
                Shown {list.requests.filter(({ mine }) => mine).length} of unknown: older ones are not listed here.
              </p>
            )}
          </>
        )}
      </Asked>
    </div>
  );
}

const CLASSES = FIELD_CLASSES.filter((one) => one !== "secret" && one !== "workflow");

function AskForm({ list }: { list: AccessRequestList }) {
  const queries = useQueryClient();
  const [wanted, setWanted] = useState(list.roles[0] ? `role:${list.roles[0].name}` : `class:${CLASSES[0] ?? ""}`);
  const [reason, setReason] = useState("");
  const ask = useMutation({
    mutationFn: askForAccess,
    async onSuccess() {
      setReason("");
      await queries.invalidateQueries({ queryKey: accessRequestsQuery.queryKey });
    },
  });
  const [kind, name] = wanted.split(":");
  const wish = NewAccessRequest.safeParse({ kind, wanted: name, reason });
  return (
    <form
      className="mt-4 flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (wish.success) ask.mutate(wish.data);
      }}
    >
      <label>
        <span className="block text-small text-muted">What you need</span>
        <select
          value={wanted}
          className={`h-7 w-64 max-w-full ${FIELD_LOOK}`}
          onChange={(event) => {
            setWanted(event.target.value);
          }}
        >
          <optgroup label="A role">
            {list.roles.map((one) => (
              <option key={one.name} value={`role:${one.name}`}>
                The role {one.name}
              </option>
            ))}
          </optgroup>
          <optgroup label="A class of fields for your role">
            {CLASSES.map((one) => (
              <option key={one} value={`class:${one}`}>
                {CLASS_TITLES[one]}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <label className="min-w-64 flex-1">
        <span className="block text-small text-muted">Why</span>
        <input
          required
          maxLength={500}
          value={reason}
          className={`h-7 w-full ${FIELD_LOOK}`}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
      </label>
      <Button type="submit" look="primary" disabled={!wish.success || ask.isPending}>
        Ask for access
      </Button>
      <div className="w-full">
        {list.fromGroups && (
          <p className="text-small text-muted">
            Your roles come from your groups at the identity provider: an admin can only refuse here, or change them
            there.
          </p>
        )}
        <Failure error={ask.error} />
      </div>
    </form>
  );
}

function Requests({ requests }: { requests: readonly AccessRequestView[] }) {
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: withdrawAccessRequest,
    onSettled: () => queries.invalidateQueries({ queryKey: accessRequestsQuery.queryKey }),
  });
  if (requests.length === 0) return <p className="text-muted">You asked for nothing.</p>;
  return (
    <>
      {withdraw.error && <Failure error={withdraw.error} />}
      <Table label="Your requests" columns={["Asked", "What", "Why", "Answer", "What to do"]}>
        {requests.map((one) => (
          <tr key={one.id} className="border-t border-line align-top">
            <td className="py-1.5 pr-4 whitespace-nowrap">{minuteOf(one.askedAt)}</td>
            <th scope="row" className="py-1.5 pr-4 font-normal">
              {one.kind === "role" ? `the role ${one.wanted}` : `${one.wanted} for ${one.role}`}
            </th>
            <td className="max-w-xs py-1.5 pr-4 wrap-anywhere">{one.reason}</td>
            <td className="max-w-xs py-1.5 pr-4 wrap-anywhere">
              {one.state === "open" ? "not answered yet" : one.state}
              {one.answer !== "" && <span className="block text-small text-muted">“{one.answer}”</span>}
            </td>
            <td className="py-1">
              {one.state === "open" && (
                <SureButton
                  label="Take back"
                  sureLabel="Really take back"
                  about={`the request for ${one.wanted}`}
                  onSure={() => {
                    withdraw.mutate(one.id);
                  }}
                />
              )}
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}
