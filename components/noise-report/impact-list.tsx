"use client";

/** Times when customers were hit: what recall is measured against. People set them, and it says who and when. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { impactsQuery, recordImpact, removeImpact } from "@/lib/client/impacts";
import { FIRST_DETECTORS, type FirstDetector } from "@/lib/domain/on-call";
import { Asked } from "../ui/asked";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { FIELD_LOOK } from "../ui/field-look";
import { SureButton } from "../ui/sure-button";
import { Table } from "../ui/table";
import { minuteOf } from "@/lib/client/format-instant";
import { DETECTOR_WORDS } from "@/lib/contract/noise-charts/prepare-detectors";

export function ImpactList({ month, mayDecide }: { month: string; mayDecide: boolean }) {
  const impacts = useQuery(impactsQuery(month));
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["impacts"] }),
      queries.invalidateQueries({ queryKey: ["review"] }),
    ]);
  const remove = useMutation({ mutationFn: removeImpact, onSettled: refresh });
  return (
    <section aria-label="When customers were hit">
      <h2 className="mb-1 text-section font-strong">When customers were hit</h2>
      <p className="max-w-3xl text-small text-muted">
        However it was found. Alerts are measured against this list: what is not on it cannot be missed.
      </p>
      <Failure error={remove.error} />
      <Asked query={impacts} name="The list" denied={<p>Hidden for your role.</p>}>
        {(list) =>
          list.length === 0 ? (
            <p className="text-muted">Nothing is recorded for this month.</p>
          ) : (
            <Table
              label="When customers were hit"
              columns={["From", "What", "Service", "Severity", "Known first by", "Set by", ""]}
            >
              {list.map((one) => (
                <tr key={one.id} className="border-t border-line/60">
                  <td className="py-1 pr-4 font-mono text-small whitespace-nowrap">{minuteOf(one.startedAt)}</td>
                  <td className="pr-4">{one.title}</td>
                  <td className="pr-4">{one.service}</td>
                  <td className="pr-4">{one.severity}</td>
                  <td className="pr-4">{DETECTOR_WORDS[one.firstDetector]}</td>
                  <td className="pr-4 text-small text-muted">
                    {one.setBy}, {minuteOf(one.setAt)}
                  </td>
                  <td className="text-right print:hidden">
                    {mayDecide && (
                      <SureButton
                        label="Remove"
                        sureLabel="Remove it"
                        about={one.title}
                        onSure={() => {
                          remove.mutate(one.id);
                        }}
                      />
                    )}
                  </td>
                </tr>
              ))}
            </Table>
          )
        }
      </Asked>
      {mayDecide && <NewImpactForm onDone={refresh} />}
    </section>
  );
}

const EMPTY = {
  title: "",
  service: "",
  severity: "major",
  startedAt: "",
  awareAt: "",
  firstDetector: "customer" as FirstDetector,
};

function NewImpactForm({ onDone }: { onDone: () => Promise<unknown> }) {
  const [open, setOpen] = useState(false);
  const [form, setForm] = useState(EMPTY);
  const save = useMutation({
    mutationFn: () =>
      recordImpact({
        ...form,
        startedAt: `${form.startedAt}:00Z`,
        endedAt: null,
        awareAt: form.awareAt === "" ? null : `${form.awareAt}:00Z`,
      }),
    onSuccess: async () => {
      await onDone();
      setForm(EMPTY);
      setOpen(false);
    },
  });
  if (!open) {
    return (
      <Button
        look="plain"
        className="-ml-2.5 text-muted print:hidden"
        onClick={() => {
          setOpen(true);
        }}
      >
        Record one
      </Button>
    );
  }
  const field = (name: "title" | "service" | "severity" | "startedAt" | "awareAt", label: string, type = "text") => (
    <label className="block min-w-0">
      <span className="block text-small">{label}</span>
      <input
        type={type}
        required={name !== "awareAt"}
        value={form[name]}
        className={`${FIELD_LOOK} h-7 w-full`}
        onChange={(event) => {
          setForm({ ...form, [name]: event.target.value });
        }}
      />
    </label>
  );
  return (
    <form
      className="mt-2 max-w-3xl space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <div className="grid gap-2 sm:grid-cols-3">
        {field("title", "What customers met")}
        {field("service", "Service")}
        {field("severity", "Severity")}
        {field("startedAt", "From (UTC)", "datetime-local")}
        {field("awareAt", "First known at (UTC)", "datetime-local")}
        <label className="block min-w-0">
          <span className="block text-small">Known first by</span>
          <select
            value={form.firstDetector}
            className={`${FIELD_LOOK} h-7 w-full`}
            onChange={(event) => {
              const chosen = FIRST_DETECTORS.find((one) => one === event.target.value);
              if (chosen) setForm({ ...form, firstDetector: chosen });
            }}
          >
            {FIRST_DETECTORS.map((one) => (
              <option key={one} value={one}>
                {DETECTOR_WORDS[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Failure error={save.error} />
      <Button type="submit" look="primary" disabled={save.isPending}>
        Record it
      </Button>
    </form>
  );
}
