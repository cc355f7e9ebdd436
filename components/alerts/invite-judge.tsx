"use client";

/** A link by which somebody else judges this episode: for them alone, once, for a week. Shown once. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { inviteJudge } from "@/lib/client/alerts";
import { minuteOf } from "@/lib/client/format-instant";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Failure } from "../ui/failure";
import { FIELD_LOOK } from "../ui/field-look";

export function InviteJudge({ episode }: { episode: string }) {
  const [email, setEmail] = useState("");
  const invite = useMutation({ mutationFn: () => inviteJudge({ episode, email: email.trim() }) });
  if (invite.data) {
    const { url, expiresAt } = invite.data;
    return (
      <p className="mt-1 text-small text-muted">
        Send the link to {email.trim()}: it works once, until {minuteOf(expiresAt)}.{" "}
        <CopyButton text={() => url} label="Copy link" />
      </p>
    );
  }
  return (
    <form
      className="mt-1 flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        invite.mutate();
      }}
    >
      <input
        type="email"
        required
        aria-label="Address of somebody who should judge it"
        placeholder="Ask somebody: address"
        value={email}
        className={`${FIELD_LOOK} h-7 min-w-0 flex-1`}
        onChange={(event) => {
          setEmail(event.target.value);
        }}
      />
      <Button type="submit" look="plain" disabled={invite.isPending}>
        Make a link
      </Button>
      {invite.error && <Failure error={invite.error} />}
    </form>
  );
}
