"use client";

/** The last step before a policy comes into force: what it changes in numbers, and why. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { CallFailed, failureText } from "@/lib/client/call-api";
import { publishPolicy } from "@/lib/client/policy";
import type { NewPolicy, PolicyChange, PolicyVersionView } from "@/lib/contract/policy";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { FIELD_LOOK } from "../ui/field-look";

export function PublishDialog({
  open,
  onOpenChange,
  changes,
  wish,
  onPublished,
  onReload,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  changes: readonly PolicyChange[];
  wish: Omit<NewPolicy, "note">;
  onPublished: (version: PolicyVersionView) => Promise<void>;
  /** Somebody else published first. */
  onReload: () => void;
}) {
  const [note, setNote] = useState("");
  const publish = useMutation({
    mutationFn: publishPolicy,
    onSuccess: async (version) => {
      onOpenChange(false);
      await onPublished(version);
    },
  });
  const count = (effect: PolicyChange["effect"]) => changes.filter((change) => change.effect === effect).length;
  const isStale = publish.error instanceof CallFailed && publish.error.code === "conflict";
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={wish.restores === undefined ? "Publish policy" : `Go back to version ${String(wish.restores)}`}
      description={`${String(count("more"))} newly shown, ${String(count("different"))} shown otherwise, ${String(count("less"))} newly hidden. It counts from the next answer on, for everybody.`}
    >
      <form
        className="mt-3"
        onSubmit={(event) => {
          event.preventDefault();
          publish.mutate({ ...wish, note });
        }}
      >
        <label className="block">
          <span className="font-strong">Why</span>
          <textarea
            value={note}
            rows={3}
            maxLength={500}
            required
            placeholder="Kept in the history, for whoever asks later"
            className={`block w-full py-1 ${FIELD_LOOK}`}
            onChange={(event) => {
              setNote(event.target.value);
            }}
          />
        </label>
        <p role="alert" className="min-h-5 text-small text-error">
          {publish.error && `✕ ${failureText(publish.error)}`}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="primary" disabled={note.trim() === "" || publish.isPending}>
            {publish.isPending ? "Publishing" : "Publish policy"}
          </Button>
          {isStale && (
            <Button
              onClick={() => {
                onOpenChange(false);
                onReload();
              }}
            >
              Load the newer policy, dropping this draft
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
