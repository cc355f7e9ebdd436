"use client";

/** Adds somebody, who chooses a password by a link. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { invitePerson } from "@/lib/client/people";
import { NewPersonForm, type Invitation } from "@/lib/contract/person";
import type { Role } from "@/lib/domain/role";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { RoleChoices, type KnownRole } from "./role-choices";
import { TextField } from "./text-field";

export function InviteDialog({
  roles,
  onInvited,
  onClose,
}: {
  roles: readonly KnownRole[];
  onInvited: (invitation: Invitation) => void;
  onClose: () => void;
}) {
  const [form, setForm] = useState<{ email: string; name: string; roles: Role[]; teams: string }>({
    ...{ email: "", name: "", roles: [], teams: "" },
  });
  const invite = useMutation({ mutationFn: invitePerson, onSuccess: onInvited });
  const wish = NewPersonForm.safeParse({ ...form, teams: namesIn(form.teams) });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Invite a person"
      description="You get a link to pass on; with it the person chooses a password. Not needed for people who sign in by the identity provider."
    >
      <form
        className="mt-3 space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (wish.success) invite.mutate(wish.data);
        }}
      >
        <TextField label="Name" value={form.name} onChange={(name) => setForm({ ...form, name })} />
        <TextField label="E-mail address" value={form.email} onChange={(email) => setForm({ ...form, email })} />
        <RoleChoices known={roles} chosen={form.roles} onChange={(chosen) => setForm({ ...form, roles: chosen })} />
        <TextField
          label="Teams, as the catalogue names owners, separated by commas"
          value={form.teams}
          onChange={(teams) => setForm({ ...form, teams })}
        />
        <Failure error={invite.error} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={!wish.success || invite.isPending}>
            Make invitation
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Unique, in the order written. */
export function namesIn(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ""))];
}
