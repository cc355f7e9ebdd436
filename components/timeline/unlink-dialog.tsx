"use client";

/** Takes a row or an id out of this incident, for everybody, with a reason. It can be undone. */
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { CallFailed, failureText } from "@/lib/client/call-api";
import { createUnlink } from "@/lib/client/unlinks";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import type { UnlinkWish } from "./unlinking";

const LEAST = 3;
const MOST = 500;

export function UnlinkDialog({
  wish,
  askedKeys,
  onDone,
  onClose,
}: {
  wish: UnlinkWish;
  /** The keys that the incident was asked by. */
  askedKeys: readonly string[];
  onDone: () => void;
  onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  const fieldId = useId();
  const unlink = useMutation({ mutationFn: createUnlink, onSuccess: onDone });
  const isLongEnough = reason.trim().length >= LEAST;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={wish.kind === "row" ? "Unlink this row" : "Unlink this id"}
      description={
        wish.kind === "row"
          ? "The row is no longer shown in this incident, for every role. Other incidents keep it."
          : "Nothing is followed through this id in this incident any more, for every role. Other incidents keep it."
      }
    >
      <p className="mt-3 rounded bg-panel p-2 font-mono text-small wrap-anywhere">{wish.label}</p>
      <form
        className="mt-3 space-y-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isLongEnough) return;
          const { kind, target } = wish;
          unlink.mutate({ keys: [...askedKeys], kind, target, reason: reason.trim() });
        }}
      >
        <label htmlFor={fieldId} className="block text-small text-muted">
          Why it does not belong here (others will read this)
        </label>
        <textarea
          id={fieldId}
          required
          minLength={LEAST}
          maxLength={MOST}
          rows={3}
          value={reason}
          className="w-full rounded-md border border-line-strong bg-raised p-2"
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
        <p role="alert" className="min-h-5 text-error">
          {unlink.error && failureWords(unlink.error)}
        </p>
        <div className="flex items-center justify-end gap-2">
          <span className="mr-auto text-small text-muted">
            {reason.trim().length} of {MOST} characters
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={!isLongEnough || unlink.isPending}>
            {wish.kind === "row" ? "Unlink row" : "Unlink id"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Our own words only; a code where there are none. */
export function failureWords(error: Error): string {
  if (error instanceof CallFailed && error.code === "not-found") {
    return "Somebody else has undone it already. Ask again to see how it is now.";
  }
  return failureText(error);
}
