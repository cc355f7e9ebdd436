"use client";

/** All connected sources: where each comes from, what is set, and how its last test went. */
import clsx from "clsx";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { failureText } from "@/lib/client/call-api";
import { sourcesHref, testSource } from "@/lib/client/sources";
import type { SourceView } from "@/lib/contract/source";
import { SourceMark } from "../timeline/marks";
import { Button } from "../ui/button";
import { ProbeWords } from "./probe-words";

const STATES = {
  "in-force": "",
  replaced: "! Not in force: a provisioned source has this name.",
  locked: "✕ Not asked: its credentials open with no known key.",
  unreadable: "✕ Not asked: stored by another version of the program.",
} as const;

export function SourcesTable({ sources, chosen }: { sources: readonly SourceView[]; chosen: string | undefined }) {
  return (
    <div className="relative overflow-x-auto">
      <table className="w-full min-w-[46rem] text-left">
        <thead className="border-b border-line-strong text-small text-muted">
          <tr>
            {["Source", "Address", "Audience", "From", "Credentials", "Last test"].map((head) => (
              <th key={head} scope="col" className="py-1 pr-3 font-normal">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sources.map((view) => (
            <SourceRow key={view.id ?? view.source} view={view} isChosen={view.id !== null && view.source === chosen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SourceRow({ view, isChosen }: { view: SourceView; isChosen: boolean }) {
  const test = useMutation({ mutationFn: () => testSource({ source: view.source }) });
  const mayTest = view.state === "in-force";
  return (
    <tr className={clsx("border-b border-line align-top", isChosen && "bg-selected")}>
      <td className="py-1 pr-3">
        <span className="flex items-center gap-2">
          <SourceMark source={view.kind} />
          {view.id === null ? (
            <span>{view.source}</span>
          ) : (
            <Link
              href={sourcesHref(view.source)}
              aria-current={isChosen ? "true" : undefined}
              className="underline decoration-line-strong underline-offset-2 hover:decoration-current"
            >
              {view.source}
            </Link>
          )}
        </span>
        {STATES[view.state] !== "" && <span className="block text-small text-warning">{STATES[view.state]}</span>}
      </td>
      <td className="py-1 pr-3 font-mono text-small break-all">{hostOf(view.url)}</td>
      <td className="py-1 pr-3">{view.audience}</td>
      <td className="py-1 pr-3">
        <span
          title={
            view.provenance === "provisioned"
              ? "From the file or the environment; cannot be changed here"
              : "Connected on this page"
          }
          className="rounded border border-line-strong px-1 text-[11px] leading-4 text-muted"
        >
          {view.provenance}
        </span>
      </td>
      <td className="py-1 pr-3 text-small">{credentialWords(view)}</td>
      <td className="py-1 text-small">
        <span className="flex flex-wrap items-center gap-x-2" role="status">
          {test.error ? (
            <span className="text-error">{failureText(test.error)}</span>
          ) : (
            <ProbeWords probe={test.data ?? view.probe} />
          )}
          {mayTest && (
            <Button
              look="plain"
              disabled={test.isPending}
              onClick={() => {
                test.mutate();
              }}
            >
              {test.isPending ? "Asking" : "Test"}
              <span className="sr-only"> {view.source}</span>
            </Button>
          )}
        </span>
      </td>
    </tr>
  );
}

function credentialWords({ secrets }: SourceView): string {
  const set = [...(secrets.token === "set" ? ["token"] : []), ...(secrets.password === "set" ? ["password"] : [])];
  return set.length === 0 ? "○ none" : `● ${set.join(", ")} set`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}
