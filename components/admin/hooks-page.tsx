"use client";

/** Where alerts are sent to: paths with their secrets, what came in lately, and what nobody could read. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { alertHooksQuery } from "@/lib/client/alert-hooks";
import { CallFailed } from "@/lib/client/call-api";
import { sourcesHref } from "@/lib/client/sources";
import type { AlertHookList, IssuedAlertHook } from "@/lib/contract/alert-hook";
import type { Role } from "@/lib/domain/role";
import { Asked } from "../ui/asked";
import { Button } from "../ui/button";
import { HowToAsk } from "../ui/how-to-ask";
import { HookDialog } from "./hook-dialog";
import { HooksTable } from "./hooks-table";
import { InstantText } from "./instant-text";
import { IssuedSecret } from "./issued-secret";
import { NewHookDialog } from "./new-hook-dialog";

export function HooksPage({ role }: { role: Role }) {
  const hooks = useQuery(alertHooksQuery);
  if (hooks.error instanceof CallFailed && hooks.error.code === "forbidden") {
    return (
      <div className="mx-auto max-w-3xl px-4 py-8">
        <h1 className="text-page font-strong">Webhooks</h1>
        <p>Hidden for your role ({role}). This page needs the ability to administer.</p>
        <HowToAsk />
      </div>
    );
  }
  return (
    <div className="mx-auto max-w-[1600px] px-4 py-6">
      <h1 className="text-page font-strong">Webhooks</h1>
      <p className="max-w-3xl text-muted">
        Where Alertmanager, Grafana, Sentry and on-call tools send to. Each has a path and a secret of its own. Calls
        with a wrong secret are answered 401 and leave nothing here. What nobody sends is asked for:{" "}
        <Link href={`${sourcesHref()}#asked-for-alerts`} className="text-accent underline">
          last heard of each source
        </Link>
        .
      </p>
      <div className="mt-4">
        <Asked query={hooks} name="The hooks" denied={null} loading={<div className="skeleton h-64" />}>
          {(list) => <Loaded list={list} />}
        </Asked>
      </div>
    </div>
  );
}

function Loaded({ list }: { list: AlertHookList }) {
  const queries = useQueryClient();
  const [open, setOpen] = useState<string>();
  const [making, setMaking] = useState(false);
  const [issued, setIssued] = useState<IssuedAlertHook>();
  const [notice, setNotice] = useState("");
  const hook = list.hooks.find(({ path }) => path === open);
  const changed = (): Promise<void> => queries.invalidateQueries({ queryKey: alertHooksQuery.queryKey });
  const shown = (made: IssuedAlertHook): void => {
    setMaking(false);
    setOpen(undefined);
    setIssued(made);
    setNotice("");
    void changed();
  };
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <Button look="primary" onClick={() => setMaking(true)}>
          Make a hook
        </Button>
        <p role="status" className="min-h-5 text-small text-good">
          {notice !== "" && `✓ ${notice}`}
        </p>
      </div>
      <Waiting list={list} />
      {issued && <IssuedSecret key={issued.secret} issued={issued} onDone={() => setIssued(undefined)} />}
      {list.hooks.length === 0 ? (
        <p className="text-muted">
          No hook yet, of the file or of this page. Until somebody sends alerts here, their history and the review stay
          empty.
        </p>
      ) : (
        <HooksTable hooks={list.hooks} onOpen={setOpen} />
      )}
      <Refused list={list} />
      {making && <NewHookDialog onMade={shown} onClose={() => setMaking(false)} />}
      {hook && (
        <HookDialog
          key={hook.path}
          hook={hook}
          onIssued={shown}
          onChanged={changed}
          onRemoved={async () => {
            setOpen(undefined);
            setNotice("Removed the hook. What was sent to it stays.");
            await changed();
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

function Waiting({ list: { waiting } }: { list: AlertHookList }) {
  if (waiting === 0) return null;
  return (
    <p role="status" className="mb-3 border-t-2 border-warning-line pt-1">
      ! {waiting} {waiting === 1 ? "call is" : "calls are"} stored and not worked off yet. Nothing is lost; alerts of
      {waiting === 1 ? " it" : " them"} appear later.
    </p>
  );
}

function Refused({ list: { refused } }: { list: AlertHookList }) {
  if (refused.length === 0) return null;
  return (
    <section aria-labelledby="refused-calls" className="mt-6">
      <h2 id="refused-calls" className="text-section font-strong">
        Calls that could not be read
      </h2>
      <p className="max-w-3xl text-small text-muted">
        The secret was right, the body was not as expected, in whole or in part. It is kept; the sender was answered
        202. The newest 50.
      </p>
      <ul className="mt-1">
        {refused.map((call) => (
          <li key={`${call.source} ${call.at} ${call.why}`} className="border-t border-line py-1">
            <InstantText iso={call.at} /> <span className="font-mono text-small break-all">{call.source}</span>{" "}
            {call.why} {call.timesSeen > 1 && <span className="text-muted">{call.timesSeen} times.</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
