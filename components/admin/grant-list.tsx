"use client";

/** What one person was granted, and granting more: services everywhere, or one incident, until a date. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { createGrant, revokeGrant } from "@/lib/client/people";
import { MAX_GRANT_DAYS, NewGrant, type PersonView } from "@/lib/contract/person";
import { grantScopeWords, grantStateWords } from "../ui/grant-words";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { SureButton } from "../ui/sure-button";
import { namesIn } from "./invite-dialog";
import { TextField } from "./text-field";

const EMPTY = { services: "", keys: "", reason: "", until: "" };

export function GrantList({ person, onChanged }: { person: PersonView; onChanged: () => Promise<void> }) {
  const revoke = useMutation({ mutationFn: revokeGrant, onSuccess: onChanged });
  return (
    <section aria-label="Grants" className="mt-3 border-t border-line pt-2">
      <h3 className="font-strong">Grants</h3>
      <p className="text-small text-muted">For roles that see only their own part, such as vendors.</p>
      {person.grants.length === 0 && <p className="text-muted">Nothing is granted.</p>}
      <ul>
        {person.grants.map((grant) => (
          <li key={grant.id} className="flex flex-wrap items-center gap-x-3 border-t border-line/60 py-1">
            <span>{grantScopeWords(grant)}</span>
            <span className="text-small text-muted">
              “{grant.reason}” · {grantStateWords(grant)}
            </span>
            {grant.state === "in-force" && (
              <SureButton
                label="Revoke"
                sureLabel="Really revoke"
                about={`the grant for ${grantScopeWords(grant)}`}
                onSure={() => revoke.mutate(grant.id)}
              />
            )}
          </li>
        ))}
      </ul>
      {revoke.error && <Failure error={revoke.error} />}
      <GrantForm id={person.id} onChanged={onChanged} />
    </section>
  );
}

function GrantForm({ id, onChanged }: { id: string; onChanged: () => Promise<void> }) {
  const [form, setForm] = useState(EMPTY);
  const create = useMutation({
    mutationFn: createGrant,
    async onSuccess() {
      setForm(EMPTY);
      await onChanged();
    },
  });
  const keys = namesIn(form.keys);
  const services = namesIn(form.services);
  const grant = NewGrant.safeParse({
    ...{ services, reason: form.reason, expiresAt: `${form.until}T23:59:59Z` },
    ...(keys.length > 0 && { keys }),
  });
  const canGrant = grant.success && (keys.length > 0 || services.length > 0) && !create.isPending;
  return (
    <form
      className="mt-2 space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (grant.success && canGrant) create.mutate({ id, grant: grant.data });
      }}
    >
      <TextField
        label="Services, separated by commas"
        value={form.services}
        onChange={(text) => setForm({ ...form, services: text })}
      />
      <TextField
        label="Only this incident: its ids, such as order:48192 (empty for every incident)"
        value={form.keys}
        onChange={(text) => setForm({ ...form, keys: text })}
      />
      <TextField label="Why" value={form.reason} onChange={(reason) => setForm({ ...form, reason })} />
      <TextField
        label={`Until the end of this day, UTC (at most ${String(MAX_GRANT_DAYS)} days)`}
        type="date"
        value={form.until}
        onChange={(until) => setForm({ ...form, until })}
      />
      <Failure error={create.error} />
      <div className="flex justify-end">
        <Button type="submit" disabled={!canGrant}>
          Grant access
        </Button>
      </div>
    </form>
  );
}
