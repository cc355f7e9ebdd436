"use client";

/** Links that were made: what they show, for whom, until when, how often opened; and ending one at once. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { failureText } from "@/lib/client/call-api";
import { minuteOf } from "@/lib/client/format-instant";
import { revokeShareLink, shareLinksQuery } from "@/lib/client/share-links";
import type { ShareLinkView } from "@/lib/contract/share-link";
import { Asked } from "../ui/asked";
import { SureButton } from "../ui/sure-button";
import { Table } from "../ui/table";
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
      <Asked query={links} name="The links" denied={<p>Only who administers sees the links of everybody.</p>}>
        {(list) => (
          <>
            <LinkTable
              links={list.links}
              everybody={everybody}
              onRevoke={(id) => {
                revoke.mutate(id);
              }}
            />
            {list.links.length < list.total && (
              <p className="mt-2 text-muted">
                {list.links.length} shown of {list.total}: older ones are not listed here.
              </p>
            )}
          </>
        )}
      </Asked>
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
    <Table label="Links" columns={COLUMNS}>
      {links.map((link) => (
        <LinkRow key={link.id} link={link} onRevoke={onRevoke} />
      ))}
    </Table>
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
            {minuteOf(question.from)} to {minuteOf(question.to)}
          </span>
        )}
        {link.by !== undefined && <span className="block text-small text-muted">by {link.by}</span>}
      </td>
      <td className="py-1.5 pr-4">
        {link.audience ?? "any role"}
        <span className="block text-small text-muted">as {link.createdAs} sees it</span>
      </td>
      <td className="py-1.5 pr-4">{minuteOf(link.createdAt)}</td>
      <td className="py-1.5 pr-4">{minuteOf(link.expiresAt)}</td>
      <td className="py-1.5 pr-4">
        {link.opened}×
        {link.lastOpenedAt !== null && (
          <span className="block text-small text-muted">last {minuteOf(link.lastOpenedAt)}</span>
        )}
      </td>
      <td className="py-1">
        {link.state === "live" ? (
          <SureButton
            label="Revoke"
            sureLabel="Really revoke"
            about={`link ${link.prefix}`}
            onSure={() => {
              onRevoke(link.id);
            }}
          />
        ) : (
          stateWords(link)
        )}
      </td>
    </tr>
  );
}

function stateWords({ state, revokedAt }: ShareLinkView): string {
  if (state === "revoked") return `revoked ${minuteOf(revokedAt ?? "")}`;
  return state === "expired" ? "ended" : "dead: its maker lost the role";
}
