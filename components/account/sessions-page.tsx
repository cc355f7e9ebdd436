"use client";

/** Where one is signed in: end one, or all. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { failureText } from "@/lib/client/call-api";
import { minuteOf } from "@/lib/client/format-instant";
import { announceIdentityChange } from "@/lib/client/identity-change";
import { endSession, sessionsQuery, signOutEverywhere } from "@/lib/client/sessions";
import type { SessionView } from "@/lib/contract/session";
import { Asked } from "../ui/asked";
import { SureButton } from "../ui/sure-button";
import { Table } from "../ui/table";

export function SessionsPage() {
  const sessions = useQuery(sessionsQuery);
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: endSession,
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  const endAll = useMutation({ mutationFn: signOutEverywhere, onSuccess: leave });
  const failure = end.error ?? endAll.error;
  return (
    <div className="mx-auto max-w-4xl px-4 py-8">
      <h1 className="text-page font-strong">Signed in on</h1>
      <p className="text-muted">
        Every browser in which you are signed in. One that you do not know: end it, and change your password.
      </p>
      <div className="mt-4">
        <SureButton label="Sign out everywhere" sureLabel="Really sign out, here too" onSure={() => endAll.mutate()} />
        <p className="mt-1 text-small text-muted">API tokens go on; revoke them one by one.</p>
      </div>
      <p role="alert" className="mt-2 min-h-5 text-error">
        {failure && failureText(failure)}
      </p>
      <Asked query={sessions} name="The sessions" denied={<p>Sessions are of people who signed in, not of tokens.</p>}>
        {(list) => (
          <SessionTable
            sessions={list}
            onEnd={(id) => {
              end.mutate(id);
            }}
          />
        )}
      </Asked>
    </div>
  );
}

function leave(): void {
  announceIdentityChange();
  window.location.assign("/sign-in");
}

function SessionTable({ sessions, onEnd }: { sessions: readonly SessionView[]; onEnd: (id: string) => void }) {
  return (
    <Table label="Your sessions" columns={["Browser", "Signed in", "Last seen", "Ends at the latest", "By", "State"]}>
      {sessions.map((session) => (
        <tr key={session.id} className="border-t border-line">
          <th scope="row" className="py-1.5 pr-4 font-normal">
            {session.device}
          </th>
          <td className="pr-4">{minuteOf(session.createdAt)}</td>
          <td className="pr-4">{minuteOf(session.lastSeenAt)}</td>
          <td className="pr-4">{minuteOf(session.expiresAt)}</td>
          <td className="pr-4">{session.via === "oidc" ? "identity provider" : "password"}</td>
          <td>
            {session.current ? (
              <span className="font-strong">this browser</span>
            ) : (
              <SureButton
                label="End session"
                sureLabel="Really end"
                about={`on ${session.device}, signed in ${minuteOf(session.createdAt)}`}
                onSure={() => {
                  onEnd(session.id);
                }}
              />
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}
