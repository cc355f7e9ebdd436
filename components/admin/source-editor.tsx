"use client";

/** One source of the page open for changing, with a test of the connection before anything is saved. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { CallFailed } from "@/lib/client/call-api";
import { minuteOf } from "@/lib/client/format-instant";
import { readSourceForm, sourceForm, sourceProblem, type SourceProblem } from "@/lib/client/source-form";
import { changeSource, createSource, testSource } from "@/lib/client/sources";
import type { SourceDraft, SourceView } from "@/lib/contract/source";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { ProbeWords } from "./probe-words";
import { RemoveSource } from "./remove-source";
import { SourceFields } from "./source-fields";
import { useLeaveGuard } from "./use-leave-guard";

const NOTHING_SET = { token: "unset", password: "unset" } as const;

export function SourceEditor({
  view,
  onChanged,
}: {
  /** Undefined for a new source. */
  view: SourceView | undefined;
  /** With what is stored now, or nothing when the source is gone. */
  onChanged: (view: SourceView | undefined) => Promise<void>;
}) {
  const [opened, setOpened] = useState(view);
  const initial = sourceForm(opened);
  const [form, setForm] = useState(initial);
  const dirty = JSON.stringify(form) !== JSON.stringify(initial);
  const overtaken = (view?.version ?? 0) > (opened?.version ?? 0);
  const load = (): void => {
    setOpened(view);
    setForm(sourceForm(view));
  };
  if (overtaken && !dirty) load();
  const save = useMutation({
    mutationFn: (source: SourceDraft) =>
      opened?.id != null && opened.version !== null
        ? changeSource(opened.id, { source, version: opened.version })
        : createSource(source),
    onSuccess: async (saved) => {
      setOpened(saved);
      // The typed secrets leave the page's memory too.
      setForm(sourceForm(saved));
      await onChanged(saved);
    },
  });
  const test = useMutation({
    mutationFn: (draft: SourceDraft) => testSource({ draft, ...(opened?.id != null && { id: opened.id }) }),
  });
  const read = readSourceForm(form);
  useLeaveGuard(dirty && !save.isPending, "this source");
  const problem = read.ok ? (problemOf(save.error) ?? problemOf(test.error)) : read.problem;
  return (
    <form
      aria-label="Source"
      noValidate
      className="max-w-2xl"
      onSubmit={(event) => {
        event.preventDefault();
        if (read.ok) save.mutate(read.draft);
      }}
    >
      <h2 className="text-section font-strong">{opened?.source ?? "New source"}</h2>
      <p className="mb-3 text-small text-muted">{aboutOrigin(opened)}</p>
      {overtaken && (
        <p role="alert" className="mb-3 border-t-2 border-warning-line pt-1">
          ! Somebody changed this source since you opened it. <Button onClick={load}>Load their version</Button>
        </p>
      )}
      <SourceFields
        form={form}
        secrets={opened?.secrets ?? NOTHING_SET}
        problem={problem}
        isNew={opened === undefined}
        onChange={(next) => {
          save.reset();
          test.reset();
          setForm(next);
        }}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" disabled={!read.ok || save.isPending || (!dirty && opened !== undefined)}>
          {opened === undefined ? "Connect source" : "Save source"}
        </Button>
        <Button
          disabled={!read.ok || test.isPending}
          onClick={() => {
            if (read.ok) test.mutate(read.draft);
          }}
        >
          Test connection
        </Button>
        {dirty && (
          <Button
            onClick={() => {
              save.reset();
              test.reset();
              setForm(initial);
            }}
          >
            Discard changes
          </Button>
        )}
        {opened?.id != null && opened.version !== null && (
          <RemoveSource
            id={opened.id}
            version={opened.version}
            name={opened.source}
            onRemoved={() => onChanged(undefined)}
          />
        )}
      </div>
      <p role="status" className="mt-2 min-h-5">
        {save.isPending
          ? "Saving"
          : test.isPending
            ? "Asking the source"
            : test.data && <ProbeWords probe={test.data} />}
      </p>
      <Failure
        error={[save.error, test.error].find((error) => error && problemOf(error)?.field === undefined) ?? null}
      />
    </form>
  );
}

function aboutOrigin(view: SourceView | undefined): string {
  if (view?.state === "locked") return "Its credentials open with no known key, so it is not asked. Give them anew.";
  if (view?.state === "replaced") return "Not in force: a provisioned source has this name.";
  if (view?.updatedBy != null && view.updatedAt !== null) {
    return `Changed by ${view.updatedBy} at ${minuteOf(view.updatedAt)}.`;
  }
  return "Nothing is stored before you save. Read-only credentials are enough.";
}

function problemOf(error: Error | null): SourceProblem | undefined {
  if (!(error instanceof CallFailed) || error.detail === undefined || error.field === undefined) return undefined;
  return sourceProblem(error.field, error.detail);
}
