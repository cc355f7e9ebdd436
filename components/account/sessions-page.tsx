"use client";

/** Where one is signed in: end one, or all. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { failureText } from "@/lib/client/call-api";
import { announceIdentityChange } from "@/lib/client/identity-change";
import { endSession, sessionsQuery, signOutEverywhere } from "@/lib/client/sessions";
import type { SessionView } from "@/lib/contract/session";
import { Button } from "../ui/button";
import { SureButton } from "../ui/sure-button";

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
      <SessionTable
        state={sessions.isPending ? "loading" : sessions.isError ? "failed" : "ready"}
        sessions={sessions.data ?? []}
        onRetry={() => void sessions.refetch()}
        onEnd={(id) => {
          end.mutate(id);
        }}
      />
    </div>
  );
}

function leave(): void {
  announceIdentityChange();
  window.location.assign("/sign-in");
}

function SessionTable({
  state,
  sessions,
  onRetry,
  onEnd,
}: {
  state: "loading" | "failed" | "ready";
  sessions: readonly SessionView[];
  onRetry: () => void;
  onEnd: (id: string) => void;
}) {
  if (state === "loading") {
    return <div role="status" aria-label="Sessions are being fetched" className="skeleton h-24" />;
  }
  if (state === "failed") {
    return (
      <p>
        The sessions could not be fetched. <Button onClick={onRetry}>Ask again</Button>
      </p>
    );
  }
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Your sessions">
      <table className="w-full min-w-xl text-left">
        <thead className="text-small text-muted">
          <tr>
            {["Browser", "Signed in", "Last seen", "Ends at the latest", "By", "State"].map((name) => (
              <th key={name} scope="col" className="py-1 pr-4 font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-4 font-normal">
                {session.device}
              </th>
              <td className="pr-4">{minute(session.createdAt)}</td>
              <td className="pr-4">{minute(session.lastSeenAt)}</td>
              <td className="pr-4">{minute(session.expiresAt)}</td>
              <td className="pr-4">{session.via === "oidc" ? "identity provider" : "password"}</td>
              <td>
                {session.current ? (
                  <span className="font-strong">this browser</span>
                ) : (
                  <SureButton
                    label="End session"
                    sureLabel="Really end"
                    about={`on ${session.device}, signed in ${minute(session.createdAt)}`}
                    onSure={() => {
                      onEnd(session.id);
                    }}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function minute(instant: string): string {
  return `${instant.slice(0, 16).replace("T", " ")} UTC`;
}
