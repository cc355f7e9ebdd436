"use client";

/** One person who is paged: name, team, sign-in, and the clocks that hold from a day on. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeResponder, onCallQuery, putZone, removeZone } from "@/lib/client/on-call";
import { NewZone, ResponderChange, type ResponderView } from "@/lib/contract/on-call-admin";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { SureButton } from "../ui/sure-button";
import { TextField } from "./text-field";

/** From when on a zone holds that always did. */
const ALWAYS = "1970-01-01T00:00:00.000Z";

export function ResponderDialog({ responder, onClose }: { responder: ResponderView; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={responder.name}
      description={`${responder.handle} in the feed. What a feed tells anew later holds instead.`}
    >
      <NameForm responder={responder} />
      <Zones responder={responder} />
    </Dialog>
  );
}

function useChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: onCallQuery.queryKey });
}

function NameForm({ responder: { id, name, team, user } }: { responder: ResponderView }) {
  const [form, setForm] = useState({ name, team, email: user?.email ?? "" });
  const save = useMutation({ mutationFn: changeResponder, onSuccess: useChanged() });
  const wish = ResponderChange.safeParse(form);
  return (
    <form
      className="mt-3 space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (wish.success) save.mutate({ id, change: wish.data });
      }}
    >
      <TextField label="Name" value={form.name} onChange={(next) => setForm({ ...form, name: next })} />
      <TextField label="Team" value={form.team} onChange={(next) => setForm({ ...form, team: next })} />
      <TextField
        label="Signs in as, by address; empty for nobody"
        value={form.email}
        onChange={(next) => setForm({ ...form, email: next })}
      />
      <Failure error={save.error} />
      <div className="flex items-center justify-end gap-2">
        <span role="status" className="mr-auto text-small text-good">
          {save.isSuccess && "✓ Saved."}
        </span>
        <Button type="submit" look="primary" disabled={!wish.success || save.isPending}>
          Save person
        </Button>
      </div>
    </form>
  );
}

function Zones({ responder: { id, zones } }: { responder: ResponderView }) {
  const [form, setForm] = useState({ zone: "", from: "" });
  const changed = useChanged();
  const put = useMutation({
    mutationFn: putZone,
    onSuccess: async () => {
      setForm({ zone: "", from: "" });
      await changed();
    },
  });
  const remove = useMutation({ mutationFn: removeZone, onSuccess: changed });
  const from = form.from === "" ? ALWAYS : `${form.from}T00:00:00Z`;
  const wish = NewZone.safeParse({ zone: form.zone.trim(), from });
  return (
    <section aria-labelledby="zones" className="mt-3 border-t border-line pt-2">
      <h3 id="zones" className="font-strong">
        Clock
      </h3>
      <p className="text-small text-muted">
        Nights are nights by it. A new one closes the one before on its day; whoever moves keeps their old nights.
      </p>
      {zones.length === 0 && <p>! None: UTC is assumed, and the review says so.</p>}
      <ul>
        {zones.map((one, index) => (
          <li key={one.from} className="flex flex-wrap items-center gap-x-2 border-t border-line py-1">
            <span className="mr-auto">
              {one.zone} <span className="text-muted">{spanWords(one.from, zones[index + 1]?.from)}</span>
            </span>
            <SureButton
              label="Take back"
              sureLabel="Really take back"
              about={`${one.zone} ${spanWords(one.from, undefined)}`}
              disabled={remove.isPending}
              onSure={() => remove.mutate({ id, from: one.from })}
            />
          </li>
        ))}
      </ul>
      <form
        aria-label="New clock"
        className="mt-2 flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (wish.success) put.mutate({ id, zone: wish.data });
        }}
      >
        <TextField
          label="Zone, such as Europe/Berlin"
          value={form.zone}
          onChange={(next) => setForm({ ...form, zone: next })}
        />
        <TextField
          label="From this day (UTC); empty: always"
          type="date"
          value={form.from}
          onChange={(next) => setForm({ ...form, from: next })}
        />
        <Button type="submit" disabled={!wish.success || put.isPending}>
          Add clock
        </Button>
      </form>
      <Failure error={put.error ?? remove.error} />
    </section>
  );
}

function spanWords(from: string, to: string | undefined): string {
  const start = from === ALWAYS ? "always" : `from ${from.slice(0, 10)}`;
  return to === undefined ? start : `${start} to ${to.slice(0, 10)}`;
}
