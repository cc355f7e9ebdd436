"use client";

/** One person: name, roles, teams, standing, sessions and grants. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { changePerson, inviteAgain, signOutPerson } from "@/lib/client/people";
import type { Invitation, PersonView } from "@/lib/contract/person";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { FIELD_LOOK } from "../ui/field-look";
import { SureButton } from "../ui/sure-button";
import { GrantList } from "./grant-list";
import { namesIn } from "./invite-dialog";
import { RoleChoices, type KnownRole } from "./role-choices";
import { TextField } from "./text-field";

interface PersonDialogProps {
  readonly person: PersonView;
  readonly roles: readonly KnownRole[];
  readonly onChanged: () => Promise<void>;
  readonly onInvited: (invitation: Invitation) => void;
  readonly onClose: () => void;
}

export function PersonDialog({ person, roles, onChanged, onInvited, onClose }: PersonDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={person.name}
      description={`${person.email}, since ${person.createdAt.slice(0, 10)}`}
    >
      <PersonForm person={person} roles={roles} onChanged={onChanged} />
      <Standing person={person} onChanged={onChanged} onInvited={onInvited} onClose={onClose} />
      {!person.self && <GrantList person={person} onChanged={onChanged} />}
    </Dialog>
  );
}

function PersonForm({ person, roles, onChanged }: Pick<PersonDialogProps, "person" | "roles" | "onChanged">) {
  const { id, self, fromGroups } = person;
  const [form, setForm] = useState({
    name: person.name,
    roles: person.roles,
    role: person.role,
    teams: person.teams.join(", "),
  });
  const save = useMutation({ mutationFn: changePerson, onSuccess: onChanged });
  const active = form.roles.includes(form.role) ? form.role : form.roles[0];
  const canSave = form.name.trim() !== "" && active !== undefined && !save.isPending;
  const submit = (): void => {
    const standing = { roles: form.roles, role: active, teams: namesIn(form.teams) };
    save.mutate({ id, change: { name: form.name.trim(), ...(self ? {} : standing) } });
  };
  return (
    <form
      className="mt-3 space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave) submit();
      }}
    >
      <TextField label="Name" value={form.name} onChange={(name) => setForm({ ...form, name })} />
      <RoleChoices
        known={roles}
        chosen={form.roles}
        disabled={self || fromGroups}
        onChange={(chosen) => setForm({ ...form, roles: chosen })}
      />
      {self && <p className="text-small text-muted">Another admin changes your roles, teams and standing.</p>}
      {fromGroups && (
        <p className="text-small text-muted">
          Roles come from groups of the identity provider, anew at every sign-in: change the groups there.
        </p>
      )}
      <label className="block">
        <span className="block text-small text-muted">Acts as</span>
        <select
          value={active ?? ""}
          disabled={self}
          className={`h-7 w-full ${FIELD_LOOK}`}
          onChange={(event) => setForm({ ...form, role: event.target.value })}
        >
          {form.roles.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <TextField
        label="Teams, as the catalogue names owners, separated by commas"
        value={form.teams}
        disabled={self}
        onChange={(teams) => setForm({ ...form, teams })}
      />
      <Failure error={save.error} />
      <div className="flex items-center justify-end gap-2">
        <span role="status" className="mr-auto text-small text-good">
          {save.isSuccess && "✓ Saved."}
        </span>
        <Button type="submit" look="primary" disabled={!canSave}>
          Save person
        </Button>
      </div>
    </form>
  );
}

function Standing({ person, onChanged, onInvited, onClose }: Omit<PersonDialogProps, "roles">) {
  const { id, disabledAt, self, fromGroups } = person;
  const change = useMutation({ mutationFn: changePerson, onSuccess: onChanged });
  const signOut = useMutation({ mutationFn: signOutPerson });
  const invite = useMutation({
    mutationFn: inviteAgain,
    onSuccess(made) {
      onInvited(made);
      onClose();
    },
  });
  return (
    <section aria-label="Standing" className="mt-3 border-t border-line pt-2">
      <div className="flex flex-wrap gap-2">
        <SureButton label="Sign out everywhere" sureLabel="Really sign out" onSure={() => signOut.mutate(id)} />
        {!fromGroups && disabledAt === null && (
          <SureButton label="Invite again" sureLabel="Make a new link" onSure={() => invite.mutate(id)} />
        )}
        {!self &&
          (disabledAt === null ? (
            <SureButton
              label="Disable person"
              sureLabel="Really disable"
              onSure={() => change.mutate({ id, change: { disabled: true } })}
            />
          ) : (
            <Button onClick={() => change.mutate({ id, change: { disabled: false } })}>Enable person</Button>
          ))}
      </div>
      {disabledAt !== null && <p className="text-small">✕ Disabled since {disabledAt.slice(0, 10)}.</p>}
      {signOut.isSuccess && <p className="text-small text-good">✓ Signed out everywhere. API tokens go on.</p>}
      <Failure error={change.error ?? signOut.error ?? invite.error} />
    </section>
  );
}
