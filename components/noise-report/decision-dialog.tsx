"use client";

/** Decide about one rule: what, who, until when, why, and what it should bring. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { decide } from "@/lib/client/review";
import { DECISION_KINDS, type DecisionKind } from "@/lib/contract/review";
import type { RuleLine } from "@/lib/contract/noise-report";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Failure } from "../ui/failure";
import { FIELD_LOOK } from "../ui/field-look";
import { DECISION_WORDS, estimateText, minutesText } from "@/lib/contract/noise-charts/report-words";

export function DecisionDialog({ month, rule, onClose }: { month: string; rule: RuleLine; onClose: () => void }) {
  const [kind, setKind] = useState<DecisionKind>("tune");
  const [owner, setOwner] = useState(rule.owner);
  const [dueOn, setDueOn] = useState("");
  const [why, setWhy] = useState("");
  const [pages, setPages] = useState("");
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      decide(month, {
        rule: rule.rule,
        kind,
        owner,
        dueOn,
        why,
        expected: { pages: pages.trim() === "" ? null : Number(pages), wakeUps: null, personMinutes: null, words: "" },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["review", month] });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Decide: ${rule.name}`}
      description={`${String(rule.pages)} pages, ${String(rule.wakeUps)} wake-ups, ${minutesText(rule.noiseMinutes)} of noise; worth paging ${estimateText(rule.worthPaging, "share")}.`}
    >
      <form
        className="mt-3 space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
          <legend className="font-strong">Decision</legend>
          {DECISION_KINDS.map((one) => (
            <label key={one} className="inline-flex items-center gap-1.5">
              <input
                type="radio"
                name="kind"
                checked={kind === one}
                onChange={() => {
                  setKind(one);
                }}
              />
              {DECISION_WORDS[one]}
            </label>
          ))}
        </fieldset>
        <div className="grid grid-cols-2 gap-3">
          <Field label="Owner" value={owner} onChange={setOwner} required={kind === "keep"} />
          <Field label="Due on" type="date" value={dueOn} onChange={setDueOn} required />
        </div>
        <label className="block">
          <span className="block font-strong">Why</span>
          <textarea
            rows={2}
            required
            minLength={3}
            maxLength={500}
            value={why}
            className={`${FIELD_LOOK} w-full py-1`}
            onChange={(event) => {
              setWhy(event.target.value);
            }}
          />
        </label>
        <Field
          label="Expected change in pages in 30 days (−12 saves twelve)"
          type="number"
          value={pages}
          onChange={setPages}
        />
        <p className="text-small text-muted">
          Somebody else confirms a rule that is loosened and was once judged actionable.
        </p>
        <Failure error={save.error} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={save.isPending}>
            Save decision
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Field({
  label,
  value,
  type = "text",
  required = false,
  onChange,
}: {
  label: string;
  value: string;
  type?: "text" | "date" | "number";
  required?: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <label className="block min-w-0">
      <span className="block font-strong">{label}</span>
      <input
        type={type}
        value={value}
        required={required}
        className={`${FIELD_LOOK} h-7 w-full`}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </label>
  );
}
