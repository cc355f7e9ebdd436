"use client";

/** Where evidence comes from: the connected sources, one of them open for changing. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CallFailed } from "@/lib/client/call-api";
import { sourcesHref, sourcesQuery } from "@/lib/client/sources";
import type { SourceView } from "@/lib/contract/source";
import type { Role } from "@/lib/domain/role";
import { Asked } from "../ui/asked";
import { HowToAsk } from "../ui/how-to-ask";
import { PollsTable } from "./polls-table";
import { SourceEditor } from "./source-editor";
import { SourcesTable } from "./sources-table";

/** `chosen` is the id of a source, null for a new one, undefined for none. */
export function SourcesPage({ role, chosen }: { role: Role; chosen: string | null | undefined }) {
  const sources = useQuery(sourcesQuery);
  if (sources.error instanceof CallFailed && sources.error.code === "forbidden") return <Denied role={role} />;
  return (
    <div className="mx-auto max-w-[1600px] px-4 py-6">
      <h1 className="text-page font-strong">Sources</h1>
      <p className="max-w-3xl text-muted">
        Where evidence comes from. Credentials are kept sealed and never shown again. A change counts from the next
        question on.
      </p>
      <div className="mt-4">
        <Asked query={sources} name="The sources" denied={null} loading={<div className="skeleton h-64" />}>
          {(list) => (
            <>
              <Loaded sources={list.sources} chosen={chosen} />
              <PollsTable polls={list.polls} />
            </>
          )}
        </Asked>
      </div>
    </div>
  );
}

function Loaded({ sources, chosen }: { sources: readonly SourceView[]; chosen: string | null | undefined }) {
  const queries = useQueryClient();
  const router = useRouter();
  const [notice, setNotice] = useState("");
  const open = sources.find((view) => view.id !== null && view.source === chosen);
  const changed = async (view: SourceView | undefined): Promise<void> => {
    setNotice(view ? `Saved ${view.source}. It is asked from the next question on.` : "Removed the source.");
    await queries.invalidateQueries({ queryKey: sourcesQuery.queryKey });
    router.replace(sourcesHref(view?.source));
  };
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <Link
          href={sourcesHref(null)}
          className="inline-flex h-7 items-center rounded-md border border-line-strong px-2.5 hover:bg-hover"
        >
          Connect a source
        </Link>
        <p role="status" className="min-h-5 text-small text-good">
          {notice !== "" && `✓ ${notice}`}
        </p>
      </div>
      {sources.length === 0 ? (
        <p className="text-muted">Nothing is connected yet, so every timeline is empty and says so.</p>
      ) : (
        <SourcesTable sources={sources} chosen={chosen ?? undefined} />
      )}
      <div className="mt-6">
        {open || chosen === null ? (
          <SourceEditor key={open?.id ?? "new"} view={open} onChanged={changed} />
        ) : (
          <p className="text-muted">{nothingOpen(sources, chosen)}</p>
        )}
      </div>
    </>
  );
}

function nothingOpen(sources: readonly SourceView[], chosen: string | undefined): string {
  if (chosen === undefined)
    return "Choose a source of this page to change it. Provisioned ones are changed where they are written.";
  if (sources.some((view) => view.source === chosen)) {
    return `${chosen} comes from the file or the environment. Read-only here: change it there and restart.`;
  }
  return `There is no source ${chosen}. It may have been removed.`;
}

function Denied({ role }: { role: Role }) {
  return (
    <div className="mx-auto max-w-3xl px-4 py-8">
      <h1 className="text-page font-strong">Sources</h1>
      <p>Hidden for your role ({role}). This page needs the ability to administer.</p>
      <HowToAsk />
    </div>
  );
}
