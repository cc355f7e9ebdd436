"use client";

/** Who did and saw what: the question "who saw this customer", and the trail itself with its filters in the URL. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { auditQuery } from "@/lib/client/audit";
import { CallFailed, failureText } from "@/lib/client/call-api";
import type { Role } from "@/lib/domain/role";
import { Button } from "../ui/button";
import { HowToAsk } from "../ui/how-to-ask";
import { AuditFilterRow } from "./audit-filter-row";
import { AuditTable } from "./audit-table";
import { ChainLine } from "./chain-line";
import { useAuditFilters } from "./use-audit-filters";
import { WhoSaw } from "./who-saw";

export function AuditPage({ role, mayRead }: { role: Role; mayRead: boolean }) {
  const { filters, setFilters, clear } = useAuditFilters();
  const trail = useInfiniteQuery({ ...auditQuery(filters), enabled: mayRead });
  if (!mayRead || (trail.error instanceof CallFailed && trail.error.code === "forbidden"))
    return <Denied role={role} />;
  const [first] = trail.data?.pages ?? [];
  const entries = trail.data?.pages.flatMap((page) => page.entries) ?? [];
  const isFiltered = Object.values(filters).some((value) => value !== "");
  return (
    <div className="mx-auto max-w-[1600px] px-4 py-6">
      <h1 className="text-page font-strong">Audit</h1>
      <p className="max-w-3xl text-muted">
        Sign-ins, views, exports, reveals and changes, each chained to the one before. Reading this page is recorded
        too.
      </p>
      <ChainLine chain={first?.chain ?? undefined} />
      <WhoSaw filters={filters} setFilters={setFilters} />
      <h2 className="mt-6 text-section font-strong">Entries</h2>
      <AuditFilterRow
        key={JSON.stringify(filters)}
        filters={filters}
        setFilters={setFilters}
        clear={isFiltered ? clear : undefined}
      />
      {trail.isPending ? (
        <div role="status" aria-label="Entries are being fetched" className="skeleton mt-2 h-96" />
      ) : trail.isError && entries.length === 0 ? (
        <p role="alert" className="mt-2">
          The entries could not be fetched. {failureText(trail.error)}{" "}
          <Button onClick={() => void trail.refetch()}>Ask again</Button>
        </p>
      ) : entries.length === 0 ? (
        <p className="mt-2 text-muted">
          {isFiltered ? "No entry that is left matches these filters." : "Nothing was recorded yet."}
        </p>
      ) : (
        <AuditTable entries={entries} setFilters={setFilters} />
      )}
      <p className="mt-2 flex items-center gap-2 text-small text-muted" role="status">
        {entries.length > 0 && `${String(entries.length)} shown${trail.hasNextPage ? " of more" : ", that is all"}`}
        {trail.hasNextPage && (
          <Button disabled={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
            Show older entries
          </Button>
        )}
        {trail.isFetchNextPageError && <span className="text-error">{failureText(trail.error)}</span>}
      </p>
    </div>
  );
}

function Denied({ role }: { role: Role }) {
  return (
    <div className="mx-auto max-w-3xl px-4 py-8">
      <h1 className="text-page font-strong">Audit</h1>
      <p>Hidden for your role ({role}). This page needs the ability to read the audit trail.</p>
      <HowToAsk />
    </div>
  );
}
