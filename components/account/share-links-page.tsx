"use client";

/** Links that were made: what they show, for whom, until when, how often opened; and ending one at once. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { failureText } from "@/lib/client/call-api";
import { revokeShareLink, shareLinksQuery } from "@/lib/client/share-links";
import type { ShareLinkView } from "@/lib/contract/share-link";
import { Button } from "../ui/button";
import { ToggleChip } from "../ui/toggle-chip";

const COLUMNS = ["Begins with", "Shows", "For", "Made", "Ends", "Opened", "State"] as const;

export function ShareLinksPage({ maySeeAll }: { maySeeAll: boolean }) {
  const [everybody, setEverybody] = useState(false);
  const links = useQuery(shareLinksQuery(everybody));
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: revokeShareLink,
    // Also after a refusal: somebody else may have ended it.
    onSettled: () => queries.invalidateQueries({ queryKey: ["share-links"] }),
  });
  return (
    <div className="mx-auto max-w-5xl px-4 py-8">
      <h1 className="text-page font-strong">{everybody ? "All links" : "Your links"}</h1>
      <p className="text-muted">
        A link shows what its reader, its maker and the role it is for may all see. It ends with its time, when you
        revoke it, and with your role. Make one with Share on a timeline.
      </p>
      {maySeeAll && (
        <p className="mt-3">
          <ToggleChip
            on={everybody}
            label="Links of everybody"
            onToggle={() => {
              setEverybody(!everybody);
            }}
          >
            Everybody’s
          </ToggleChip>
        </p>
      )}
      <p role="alert" className="mt-2 min-h-5 text-error">
        {revoke.error && failureText(revoke.error)}
      </p>
      {links.isPending ? (
        <div role="status" aria-label="Links are being fetched" className="skeleton h-24" />
      ) : links.isError ? (
        <p>
          The links could not be fetched. <Button onClick={() => void links.refetch()}>Ask again</Button>
        </p>
      ) : (
        <LinkTable
          links={links.data.links}
          everybody={everybody}
          onRevoke={(id) => {
            revoke.mutate(id);
          }}
        />
      )}
    </div>
  );
}

function LinkTable({
  links,
  everybody,
  onRevoke,
}: {
  links: readonly ShareLinkView[];
  everybody: boolean;
  onRevoke: (id: string) => void;
}) {
  if (links.length === 0) {
    return <p className="text-muted">{everybody ? "Nobody has made a link." : "You have made no link."}</p>;
  }
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Links">
      <table className="w-full min-w-2xl text-left">
        <thead className="text-small text-muted">
          <tr>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className="py-1 pr-4 font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <LinkRow key={link.id} link={link} onRevoke={onRevoke} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LinkRow({ link, onRevoke }: { link: ShareLinkView; onRevoke: (id: string) => void }) {
  const { question } = link;
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="py-1.5 pr-4 font-mono text-small font-normal">
        {link.prefix}…
      </th>
      <td className="py-1.5 pr-4">
        {question ? question.keys.join(", ") : "cannot be read any more"}
        {question && (
          <span className="block text-small text-muted">
            {minute(question.from)} to {minute(question.to)}
          </span>
        )}
        {link.by !== undefined && <span className="block text-small text-muted">by {link.by}</span>}
      </td>
      <td className="py-1.5 pr-4">
        {link.audience ?? "any role"}
        <span className="block text-small text-muted">as {link.createdAs} sees it</span>
      </td>
      <td className="py-1.5 pr-4">{minute(link.createdAt)}</td>
      <td className="py-1.5 pr-4">{minute(link.expiresAt)}</td>
      <td className="py-1.5 pr-4">
        {link.opened}×
        {link.lastOpenedAt !== null && (
          <span className="block text-small text-muted">last {minute(link.lastOpenedAt)}</span>
        )}
      </td>
      <td className="py-1">{link.state === "live" ? <Revoke link={link} onRevoke={onRevoke} /> : stateWords(link)}</td>
    </tr>
  );
}

function Revoke({ link, onRevoke }: { link: ShareLinkView; onRevoke: (id: string) => void }) {
  // A second press revokes: a dialog would be more in the way than the loss is worth.
  const [sure, setSure] = useState(false);
  return (
    <Button
      look="plain"
      className={sure ? "text-error" : ""}
      onClick={() => {
        if (sure) onRevoke(link.id);
        setSure(!sure);
      }}
    >
      {sure ? "Really revoke" : "Revoke"}
      <span className="sr-only"> link {link.prefix}</span>
    </Button>
  );
}

function stateWords({ state, revokedAt }: ShareLinkView): string {
  if (state === "revoked") return `revoked ${minute(revokedAt ?? "")}`;
  return state === "expired" ? "ended" : "dead: its maker lost the role";
}

function minute(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}
