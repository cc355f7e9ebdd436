"use client";

/** A secret in the one moment in which it is shown, with what to paste where. */
import { hookSetup, testCall } from "@/lib/client/hook-setup";
import type { AlertHookView, IssuedAlertHook } from "@/lib/contract/alert-hook";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";

export function IssuedSecret({ issued: { hook, secret }, onDone }: { issued: IssuedAlertHook; onDone: () => void }) {
  return (
    <section aria-label="New secret" className="mb-4 max-w-4xl rounded-md border border-accent p-3">
      <p role="status" className="font-strong">
        The secret of {hook.kind}/{hook.name}. It is not shown again.
      </p>
      <p className="flex flex-wrap items-center gap-2">
        <code className="font-mono break-all">{secret}</code>
        <CopyButton text={secret} label="Copy secret" />
      </p>
      <HookInstructions hook={hook} secret={secret} />
      <Button onClick={onDone}>I have copied it</Button>
    </section>
  );
}

/** Without `secret` a placeholder stands in its place. */
export function HookInstructions({ hook, secret }: { hook: AlertHookView; secret?: string }) {
  const { origin } = window.location;
  const setup = hookSetup(hook, origin, secret);
  return (
    <>
      <Snippet title={setup.title} text={setup.text} copy="Copy set-up" />
      <Snippet
        title="Send a test delivery: it is counted and makes no alert. 202 means stored."
        text={testCall(hook, origin, secret)}
        copy="Copy test line"
      />
    </>
  );
}

function Snippet({ title, text, copy }: { title: string; text: string; copy: string }) {
  return (
    <div className="my-2">
      <p className="flex flex-wrap items-center justify-between gap-x-2 text-small text-muted">
        {title} <CopyButton text={text} label={copy} />
      </p>
      <pre className="rounded-md border border-line bg-raised p-2 font-mono text-small break-all whitespace-pre-wrap">
        {text}
      </pre>
    </div>
  );
}
