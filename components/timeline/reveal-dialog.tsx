"use client";

/** Asks for one class of this incident, for a short time, with a reason that others will read. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { askForReveal, revealsQuery } from "@/lib/client/reveals";
import { LEAST_REASON, MAX_REVEAL_MINUTES, NewReveal } from "@/lib/contract/reveal";
import type { FieldClass } from "@/lib/domain/role";
import { CONTENT_CLASSES } from "@/lib/domain/stored-reveal";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { FIELD_LOOK } from "../ui/field-look";
import { CLASS_TITLES } from "./class-titles";

const MINUTES = [5, 10, 15, MAX_REVEAL_MINUTES] as const;

export function RevealDialog({
  askedKeys,
  mayReveal,
  onClose,
}: {
  askedKeys: readonly string[];
  mayReveal: readonly FieldClass[];
  onClose: () => void;
}) {
  const ids = { fieldClass: useId(), reason: useId(), ticket: useId(), minutes: useId() };
  const [form, setForm] = useState({ fieldClass: mayReveal[0] ?? "personal", reason: "", ticket: "", minutes: 15 });
  const queries = useQueryClient();
  const ask = useMutation({
    mutationFn: askForReveal,
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: revealsQuery(askedKeys).queryKey });
      onClose();
    },
  });
  const wish = NewReveal.safeParse({ ...form, keys: askedKeys });
  const missing = LEAST_REASON - form.reason.trim().length;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Reveal in this incident"
      description="Only you read it, only here, only for these minutes. Managers and admins are told; everybody who opens this incident sees that it happened."
    >
      <form
        className="mt-3 space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (wish.success) ask.mutate(wish.data);
        }}
      >
        <div className="flex flex-wrap gap-3">
          <label htmlFor={ids.fieldClass} className="min-w-40 flex-1">
            <span className="block text-small text-muted">What</span>
            <select
              id={ids.fieldClass}
              value={form.fieldClass}
              className={`h-7 w-full ${FIELD_LOOK}`}
              onChange={({ target }) => {
                const fieldClass = mayReveal.find((one) => one === target.value) ?? form.fieldClass;
                setForm({ ...form, fieldClass });
              }}
            >
              {mayReveal.map((one) => (
                <option key={one} value={one}>
                  {CLASS_TITLES[one]}
                </option>
              ))}
            </select>
          </label>
          <label htmlFor={ids.minutes} className="w-32">
            <span className="block text-small text-muted">For how long</span>
            <select
              id={ids.minutes}
              value={form.minutes}
              className={`h-7 w-full ${FIELD_LOOK}`}
              onChange={({ target }) => {
                setForm({ ...form, minutes: Number(target.value) });
              }}
            >
              {MINUTES.map((one) => (
                <option key={one} value={one}>
                  {one} minutes
                </option>
              ))}
            </select>
          </label>
        </div>
        <label htmlFor={ids.ticket} className="block">
          <span className="block text-small text-muted">Ticket</span>
          <input
            id={ids.ticket}
            required
            maxLength={60}
            placeholder="SUP-1234"
            value={form.ticket}
            className={`h-7 w-full ${FIELD_LOOK}`}
            onChange={({ target }) => {
              setForm({ ...form, ticket: target.value });
            }}
          />
        </label>
        <label htmlFor={ids.reason} className="block">
          <span className="block text-small text-muted">
            Why you need to read it (others will read this: no customer data)
          </span>
          <textarea
            id={ids.reason}
            required
            rows={3}
            maxLength={500}
            value={form.reason}
            className={`w-full p-2 ${FIELD_LOOK}`}
            onChange={({ target }) => {
              setForm({ ...form, reason: target.value });
            }}
          />
        </label>
        {CONTENT_CLASSES.has(form.fieldClass) && (
          <p className="text-small text-muted">
            {CLASS_TITLES[form.fieldClass]} can hold anything: a second person has to agree before it opens.
          </p>
        )}
        <Failure error={ask.error} />
        <div className="flex items-center justify-end gap-2">
          <span className="mr-auto text-small text-muted">
            {missing > 0 ? `${String(missing)} more characters of reason` : "Everything is on record."}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={!wish.success || ask.isPending}>
            {CONTENT_CLASSES.has(form.fieldClass) ? "Ask for a second person" : "Reveal now"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
