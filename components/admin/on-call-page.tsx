"use client";

/** Who is paged: people with their clocks, whom receivers reach, shifts, and files of an on-call tool. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { CallFailed } from "@/lib/client/call-api";
import { onCallQuery } from "@/lib/client/on-call";
import type { OnCallOverview } from "@/lib/contract/on-call-admin";
import type { Role } from "@/lib/domain/role";
import { Asked } from "../ui/asked";
import { HowToAsk } from "../ui/how-to-ask";
import { ImportBox } from "./import-box";
import { InstantText } from "./instant-text";
import { ReceiverTable } from "./receiver-table";
import { ResponderTable } from "./responder-table";
import { ShiftTable } from "./shift-table";

export function OnCallPage({ role }: { role: Role }) {
  const overview = useQuery(onCallQuery);
  if (overview.error instanceof CallFailed && overview.error.code === "forbidden") {
    return (
      <div className="mx-auto max-w-3xl px-4 py-8">
        <h1 className="text-page font-strong">On-call</h1>
        <p>Hidden for your role ({role}). This page needs the ability to administer.</p>
        <HowToAsk />
      </div>
    );
  }
  return (
    <div className="mx-auto max-w-6xl px-4 py-6">
      <h1 className="text-page font-strong">On-call</h1>
      <p className="max-w-3xl text-muted">
        Alert managers know what they sent, not who was woken. An on-call tool tells it by its hook or in files. People
        are named here so that pages find their clocks; nobody is ranked.
      </p>
      <div className="mt-4">
        <Asked
          query={overview}
          name="What is known of on-call"
          denied={null}
          loading={<div className="skeleton h-96" />}
        >
          {(loaded) => <Loaded overview={loaded} />}
        </Asked>
      </div>
    </div>
  );
}

function Loaded({ overview }: { overview: OnCallOverview }) {
  return (
    <>
      <Feed overview={overview} />
      <ImportBox hooks={overview.hooks} />
      <section aria-labelledby="responders" className="mt-6">
        <h2 id="responders" className="text-section font-strong">
          People who are paged
        </h2>
        <ResponderTable responders={overview.responders} />
      </section>
      <ReceiverTable overview={overview} />
      <ShiftTable overview={overview} />
    </>
  );
}

function Feed({ overview: { hooks, pages } }: { overview: OnCallOverview }) {
  return (
    <section aria-label="The feed">
      <p>
        {hooks.length === 0 ? "No on-call hook yet. " : `${hooks.map((name) => `oncall/${name}`).join(", ")}. `}
        <Link href="/admin/webhooks" className="underline">
          {hooks.length === 0 ? "Make one under Webhooks" : "Its address and secret are under Webhooks"}
        </Link>
        .
      </p>
      <p>
        {pages.lastAt === null ? (
          "No page was told in the last 30 days: the review counts notifications and says that nobody's nights are known."
        ) : (
          <>
            {pages.count} pages in the last 30 days, the newest at <InstantText iso={pages.lastAt} />.
          </>
        )}
      </p>
      {pages.unmatched > 0 && (
        <p role="status" className="mt-1 border-t-2 border-warning-line pt-1">
          ! {pages.unmatched} of {pages.count} found no alert. Their name, service or fingerprint is none that an alert
          manager told of at that time.
        </p>
      )}
    </section>
  );
}
