"use client";

/** Wishes for standing access, answered by an admin with words. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { accessRequestsQuery, answerAccessRequest } from "@/lib/client/access-requests";
import { minuteOf } from "@/lib/client/format-instant";
import type { AccessRequestView } from "@/lib/contract/access-request";
import type { Role } from "@/lib/domain/role";
import { Asked } from "../ui/asked";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { FIELD_LOOK } from "../ui/field-look";
import { Table } from "../ui/table";
import { HowToAsk } from "../ui/how-to-ask";

export function RequestsPage({ role, mayAnswer }: { role: Role; mayAnswer: boolean }) {
  const requests = useQuery({ ...accessRequestsQuery, enabled: mayAnswer });
  if (!mayAnswer) {
    return (
      <div className="mx-auto max-w-3xl px-4 py-8">
        <h1 className="text-page font-strong">Access requests</h1>
        <p>
          Hidden for your role ({role}). This page needs the ability to administer. Your own requests are under Access.
        </p>
        <HowToAsk />
      </div>
    );
  }
  return (
    <div className="mx-auto max-w-5xl px-4 py-6">
      <h1 className="text-page font-strong">Access requests</h1>
      <p className="max-w-3xl text-muted">
        A role that you grant is added at once; the person switches to it. A class is a decision about everybody in that
        role: granting it here only says so, the{" "}
        <Link href="/admin/policy" className="underline">
          policy
        </Link>{" "}
        makes it true.
      </p>
      <Asked query={requests} name="The requests" denied={<p>Hidden for your role ({role}).</p>}>
        {({ requests: all, complete }) => (
          <>
            <h2 className="mt-6 text-section font-strong">Open</h2>
            <Open requests={all.filter(({ state }) => state === "open")} />
            <h2 className="mt-6 text-section font-strong">Answered</h2>
            <Answered requests={all.filter(({ state }) => state !== "open")} />
            {!complete && <p className="text-muted">Older ones are not listed here; the audit trail has them.</p>}
          </>
        )}
      </Asked>
    </div>
  );
}

function Open({ requests }: { requests: readonly AccessRequestView[] }) {
  if (requests.length === 0) return <p className="text-muted">Nobody waits for an answer.</p>;
  return (
    <ul>
      {requests.map((one) => (
        <OpenRequest key={one.id} request={one} />
      ))}
    </ul>
  );
}

function OpenRequest({ request }: { request: AccessRequestView }) {
  const queries = useQueryClient();
  const [words, setWords] = useState("");
  const answer = useMutation({
    mutationFn: answerAccessRequest,
    onSuccess: () => queries.invalidateQueries({ queryKey: accessRequestsQuery.queryKey }),
  });
  const { id, by, mine } = request;
  const send = (granted: boolean): void => {
    answer.mutate({ id, granted, words: words.trim() });
  };
  const mayNot = words.trim().length < 3 || answer.isPending;
  return (
    <li className="border-t border-line py-2">
      <p>
        <span className="font-strong">{by}</span> <span className="text-muted">as {request.role}</span> asks for{" "}
        <span className="font-strong">{wantedWords(request)}</span>{" "}
        <span className="text-small text-muted">{minuteOf(request.askedAt)}</span>
      </p>
      <p className="wrap-anywhere">“{request.reason}”</p>
      {mine ? (
        <p className="text-muted">Somebody else answers your own requests.</p>
      ) : (
        <div className="mt-1 flex flex-wrap items-end gap-2">
          <label className="min-w-64 flex-1">
            <span className="block text-small text-muted">Your answer to {by}</span>
            <input
              value={words}
              maxLength={500}
              className={`h-7 w-full ${FIELD_LOOK}`}
              onChange={(event) => {
                setWords(event.target.value);
              }}
            />
          </label>
          <Button look="primary" disabled={mayNot} onClick={() => send(true)}>
            Grant
            <span className="sr-only">
              {" "}
              {wantedWords(request)} to {by}
            </span>
          </Button>
          <Button disabled={mayNot} onClick={() => send(false)}>
            Refuse
            <span className="sr-only">
              {" "}
              {wantedWords(request)} to {by}
            </span>
          </Button>
        </div>
      )}
      {answer.error && <Failure error={answer.error} />}
    </li>
  );
}

function Answered({ requests }: { requests: readonly AccessRequestView[] }) {
  if (requests.length === 0) return <p className="text-muted">None yet.</p>;
  return (
    <Table label="Answered requests" columns={["Asked", "Who", "What", "Why", "Answer"]}>
      {requests.map((one) => (
        <tr key={one.id} className="border-t border-line align-top">
          <td className="py-1.5 pr-4 whitespace-nowrap">{minuteOf(one.askedAt)}</td>
          <th scope="row" className="py-1.5 pr-4 font-normal">
            {one.by}
          </th>
          <td className="py-1.5 pr-4">{wantedWords(one)}</td>
          <td className="max-w-xs py-1.5 pr-4 wrap-anywhere">{one.reason}</td>
          <td className="max-w-xs py-1.5 pr-4 wrap-anywhere">
            {one.state}
            {one.answer !== "" && <span className="block text-small text-muted">“{one.answer}”</span>}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function wantedWords({ kind, wanted, role }: AccessRequestView): string {
  return kind === "role" ? `the role ${wanted}` : `${wanted} for everybody in ${role}`;
}
