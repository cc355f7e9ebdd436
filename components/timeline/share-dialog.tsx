"use client";

/** Makes a link to this timeline: for whom, for how long. Its address is shown once. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { failureText } from "@/lib/client/call-api";
import { createShareLink, shareLinksQuery } from "@/lib/client/share-links";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Dialog } from "../ui/dialog";
import { questionBody } from "./pinned-question";

const LIFETIMES = [
  { hours: 1, label: "1 hour" },
  { hours: 24, label: "1 day" },
  { hours: 72, label: "3 days" },
  { hours: 168, label: "7 days" },
] as const;

const ANYBODY = "";

export function ShareDialog({ question, onClose }: { question: TimelineQuestion; onClose: () => void }) {
  const [audience, setAudience] = useState(ANYBODY);
  const [hours, setHours] = useState<number>(24);
  const queries = useQueryClient();
  const links = useQuery(shareLinksQuery());
  const roles = links.data?.audiences ?? [];
  const create = useMutation({
    mutationFn: createShareLink,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["share-links"] }),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Create a link that ends"
      description="Whoever opens it signs in, and sees what their own role, your role and the role it is for may all see. When you lose your role, the link ends."
    >
      {create.data === undefined ? (
        <form
          className="mt-3 space-y-3"
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate({ ...questionBody(question), hours, ...(audience !== ANYBODY && { audience }) });
          }}
        >
          <label className="block">
            <span className="block text-small text-muted">For the role</span>
            <select
              value={audience}
              className={SELECT}
              onChange={(event) => {
                setAudience(event.target.value);
              }}
            >
              <option value={ANYBODY}>any</option>
              {roles.map((role) => (
                <option key={role} value={role}>
                  {role}
                </option>
              ))}
            </select>
          </label>
          {links.isError && (
            <p role="alert" className="text-small text-error">
              ✕ The roles could not be fetched: only a link for any role can be made.{" "}
              <Button onClick={() => void links.refetch()}>Ask again</Button>
            </p>
          )}
          <label className="block">
            <span className="block text-small text-muted">Ends after</span>
            <select
              value={hours}
              className={SELECT}
              onChange={(event) => {
                setHours(Number(event.target.value));
              }}
            >
              {LIFETIMES.map((one) => (
                <option key={one.hours} value={one.hours}>
                  {one.label}
                </option>
              ))}
            </select>
          </label>
          <p role="alert" className="min-h-5 text-error">
            {create.error && failureText(create.error)}
          </p>
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" disabled={create.isPending}>
              Create link
            </Button>
          </div>
        </form>
      ) : (
        <Made address={create.data} onClose={onClose} />
      )}
    </Dialog>
  );
}

const SELECT = "h-7 w-56 rounded-md border border-line-strong bg-raised px-2";

function Made({ address, onClose }: { address: string; onClose: () => void }) {
  return (
    <div className="mt-3 space-y-3">
      <p className="font-strong">Copy this link now. It is not shown again.</p>
      <p role="status" className="rounded bg-panel p-2 font-mono text-small wrap-anywhere">
        {address}
      </p>
      <div className="flex items-center justify-end gap-2">
        <CopyButton text={address} label="Copy link" />
        <Button onClick={onClose}>Done</Button>
      </div>
    </div>
  );
}
