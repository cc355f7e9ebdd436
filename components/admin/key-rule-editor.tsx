"use client";

/** One rule open for reading or changing, with the tester beside it. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CallFailed, failureText } from "@/lib/client/call-api";
import { minuteOf } from "@/lib/client/format-instant";
import { EMPTY_FORM, fieldProblem, keyRuleForm, readKeyRuleForm, type FieldProblem } from "@/lib/client/key-rule-form";
import { changeKeyRule, createKeyRule, keyRuleTrialQuery, removeKeyRule } from "@/lib/client/key-rules";
import type { KeyRuleDraft, KeyRuleView } from "@/lib/contract/key-rule";
import { Button } from "../ui/button";
import { useDebounced } from "../ui/use-debounced";
import { KeyRuleFields } from "./key-rule-fields";
import { OriginBadge } from "./key-rule-names";
import { KeyRuleTester } from "./key-rule-tester";
import { useLeaveGuard } from "./use-leave-guard";

const REST_MS = 250;

export function KeyRuleEditor({
  view,
  mayEdit,
  lines,
  onLines,
  onChanged,
}: {
  /** Undefined for a new rule. */
  view: KeyRuleView | undefined;
  mayEdit: boolean;
  lines: string;
  onLines: (lines: string) => void;
  /** With what is stored now, or nothing when the rule is gone. */
  onChanged: (view: KeyRuleView | undefined) => Promise<void>;
}) {
  const [opened, setOpened] = useState(view);
  const initial = opened ? keyRuleForm(opened.rule) : EMPTY_FORM;
  const [form, setForm] = useState(initial);
  const dirty = JSON.stringify(form) !== JSON.stringify(initial);
  // Right after saving, the list is still the older one of the two.
  const overtaken = (view?.version ?? 0) > (opened?.version ?? 0);
  const load = (): void => {
    setOpened(view);
    setForm(view ? keyRuleForm(view.rule) : EMPTY_FORM);
  };
  if (overtaken && !dirty) load();
  const save = useMutation({
    mutationFn: (rule: KeyRuleDraft) =>
      opened?.id != null && opened.version !== null
        ? changeKeyRule(opened.id, { rule, version: opened.version })
        : createKeyRule(rule),
    onSuccess: async (saved) => {
      setOpened(saved);
      setForm(keyRuleForm(saved.rule));
      await onChanged(saved);
    },
  });
  const read = readKeyRuleForm(form);
  const rested = useDebounced(JSON.stringify({ form, lines }), REST_MS);
  const settled = rested === JSON.stringify({ form, lines });
  const replaces = opened === undefined ? {} : { replaces: opened.rule.name };
  const trial = useQuery(keyRuleTrialQuery(read.ok && settled ? { rule: read.draft, lines, ...replaces } : undefined));
  useLeaveGuard(dirty && !save.isPending);
  const readOnly = !mayEdit || opened?.provenance === "file";
  const problem = read.ok ? (problemOf(save.error) ?? problemOf(trial.error)) : read.problem;
  return (
    <div className="grid gap-x-6 gap-y-4 xl:grid-cols-2">
      <form
        aria-label="Rule"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (read.ok) save.mutate(read.draft);
        }}
      >
        <Heading view={opened} mayEdit={mayEdit} />
        {overtaken && (
          <p role="alert" className="mb-3 border-t-2 border-warning-line pt-1">
            ! Somebody changed this rule since you opened it. <Button onClick={load}>Load their version</Button>
          </p>
        )}
        <KeyRuleFields
          form={form}
          problem={problem}
          readOnly={readOnly}
          onChange={(next) => {
            save.reset();
            setForm(next);
          }}
        />
        {!readOnly && (
          <div className="flex flex-wrap items-center gap-2">
            <Button
              type="submit"
              look="primary"
              disabled={!read.ok || save.isPending || (!dirty && opened !== undefined)}
            >
              {opened?.provenance === "built-in" ? "Replace built-in rule" : "Save rule"}
            </Button>
            {dirty && (
              <Button
                onClick={() => {
                  save.reset();
                  setForm(initial);
                }}
              >
                Discard changes
              </Button>
            )}
            {opened?.id != null && opened.version !== null && (
              <RemoveButton id={opened.id} version={opened.version} onRemoved={() => onChanged(undefined)} />
            )}
            <span role="status" className="text-muted">
              {save.isPending && "Saving"}
            </span>
          </div>
        )}
        <p role="alert" className="mt-2 min-h-5 text-error">
          {save.error && problemOf(save.error)?.field === undefined && failureText(save.error)}
        </p>
      </form>
      <KeyRuleTester
        lines={lines}
        onLines={onLines}
        trial={read.ok ? trial.data : undefined}
        state={
          !read.ok || problemOf(trial.error)?.field
            ? "rule"
            : trial.isError
              ? "failed"
              : settled && !trial.isFetching
                ? "ready"
                : "loading"
        }
        failure={trial.error ? failureText(trial.error) : undefined}
        onRetry={() => void trial.refetch()}
      />
    </div>
  );
}

function Heading({ view, mayEdit }: { view: KeyRuleView | undefined; mayEdit: boolean }) {
  return (
    <div className="mb-3">
      <h2 className="flex items-center gap-2 text-section font-strong">
        {view?.rule.name ?? "New rule"} {view && <OriginBadge provenance={view.provenance} />}
      </h2>
      <p className="text-small text-muted">{aboutOrigin(view, mayEdit)}</p>
    </div>
  );
}

function aboutOrigin(view: KeyRuleView | undefined, mayEdit: boolean): string {
  if (view?.provenance === "file")
    return "From the provisioning file. Read-only here: change it in the file and restart.";
  if (!mayEdit) return "Your role may read and try rules; admins change them.";
  if (view?.provenance === "built-in") return "Built in. Saving makes a rule of this page that takes its place.";
  if (view?.updatedBy != null && view.updatedAt !== null) {
    return `Changed by ${view.updatedBy} at ${minuteOf(view.updatedAt)}.`;
  }
  return "Nothing is stored before you save.";
}

function RemoveButton({ id, version, onRemoved }: { id: string; version: number; onRemoved: () => Promise<void> }) {
  // A second press removes, as for tokens.
  const [sure, setSure] = useState(false);
  const remove = useMutation({ mutationFn: removeKeyRule, onSuccess: onRemoved });
  return (
    <>
      <Button
        look="plain"
        className={sure ? "text-error" : ""}
        disabled={remove.isPending}
        onClick={() => {
          if (sure) remove.mutate({ id, version });
          setSure(!sure);
        }}
      >
        {sure ? "Really remove rule" : "Remove rule"}
      </Button>
      <span role="alert" className="text-error">
        {remove.error && failureText(remove.error)}
      </span>
    </>
  );
}

function problemOf(error: Error | null): FieldProblem | undefined {
  if (!(error instanceof CallFailed) || error.detail === undefined || error.field === undefined) return undefined;
  return fieldProblem(error.field, error.detail);
}
