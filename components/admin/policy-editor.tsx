"use client";

/** A draft of the policy: left the table and the chosen role, right an incident under the draft, below what it changes. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { failureText } from "@/lib/client/call-api";
import { sameDocument } from "@/lib/client/edit-policy";
import { policyCheckQuery } from "@/lib/client/policy";
import type { PolicyVersionView, PolicyView } from "@/lib/contract/policy";
import type { PolicyDocument } from "@/lib/domain/policy";
import type { Role } from "@/lib/domain/role";
import { Button } from "../ui/button";
import { useDebounced } from "../ui/use-debounced";
import { PolicyChanges } from "./policy-changes";
import { PolicyFields } from "./policy-fields";
import { PolicyHistory } from "./policy-history";
import { PolicyKeyKinds } from "./policy-key-kinds";
import { PolicyMatrix } from "./policy-matrix";
import { PolicyPreview } from "./policy-preview";
import { PolicyProblems } from "./policy-problems";
import { PolicyRole } from "./policy-role";
import { PolicyTests } from "./policy-tests";
import { PublishDialog } from "./publish-dialog";
import { useLeaveGuard } from "./use-leave-guard";

const REST_MS = 300;

export function PolicyEditor({
  view,
  ownRole,
  onPublished,
  onReload,
}: {
  view: PolicyView;
  ownRole: Role;
  onPublished: (version: PolicyVersionView) => Promise<void>;
  onReload: () => void;
}) {
  const [draft, setDraft] = useState(view.document);
  const [restored, setRestored] = useState<{ version: number; document: PolicyDocument }>();
  const [chosen, setChosen] = useState<Role>(view.document.roles[0]?.name ?? ownRole);
  const [publishing, setPublishing] = useState(false);
  const rested = useDebounced(draft, REST_MS);
  const check = useQuery(policyCheckQuery(rested, view.hash));
  const dirty = view.unreadable || !sameDocument(draft, view.document);
  const settled = rested === draft && !check.isFetching && check.isSuccess;
  const failing = check.data?.tests.filter(({ passed }) => !passed).length ?? 0;
  const problems = check.data?.problems ?? [];
  const readOnly = view.provisioned;
  useLeaveGuard(dirty && !readOnly, "the policy");
  const isRestored = restored !== undefined && sameDocument(restored.document, draft);
  const role = draft.roles.find(({ name }) => name === chosen) ?? draft.roles[0];
  return (
    <>
      {!readOnly && (
        <div className="sticky top-0 z-10 mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 border-y border-line bg-bg py-2">
          <span role="status" className="min-w-0">
            {standing({ dirty, settled, failed: check.isError, failing, problems: problems.length })}
          </span>
          <span className="ml-auto flex gap-2">
            <Button
              disabled={!dirty}
              onClick={() => {
                setDraft(view.document);
              }}
            >
              Discard changes
            </Button>
            <Button
              look="primary"
              disabled={!dirty || !settled || failing + problems.length > 0}
              onClick={() => {
                setPublishing(true);
              }}
            >
              Publish policy…
            </Button>
          </span>
        </div>
      )}
      <div className="mt-4 grid gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,11fr)_minmax(0,9fr)]">
        <div className="min-w-0">
          <PolicyMatrix
            {...{ draft, readOnly, chosen: role?.name, base: view.document }}
            onChoose={setChosen}
            onChange={setDraft}
          />
          {role && (
            <PolicyRole
              key={role.name}
              {...{ draft, role, ownRole, readOnly }}
              onChange={setDraft}
              onChoose={setChosen}
            />
          )}
        </div>
        <PolicyPreview draft={draft} ready={settled && problems.length === 0} />
      </div>
      <div className="mt-6 grid gap-x-8 gap-y-6 border-t border-line pt-4 xl:grid-cols-2">
        <div className="min-w-0 space-y-6">
          {check.isError && (
            <p role="alert" className="text-error">
              ✕ The draft could not be checked. {failureText(check.error)}{" "}
              <Button onClick={() => void check.refetch()}>Check again</Button>
            </p>
          )}
          <PolicyProblems problems={problems} notes={check.data?.notes ?? []} />
          <PolicyChanges changes={check.data?.changes} fresh={settled} />
          <PolicyHistory
            {...{ view, readOnly }}
            onLoaded={(version, document) => {
              setRestored({ version, document });
              setDraft(document);
            }}
          />
        </div>
        <div className="min-w-0 space-y-6">
          <PolicyTests draft={draft} results={check.data?.tests} readOnly={readOnly} onChange={setDraft} />
          <PolicyFields draft={draft} fileFields={view.fileFields} readOnly={readOnly} onChange={setDraft} />
          <PolicyKeyKinds draft={draft} readOnly={readOnly} onChange={setDraft} />
        </div>
      </div>
      <PublishDialog
        open={publishing}
        onOpenChange={setPublishing}
        changes={check.data?.changes ?? []}
        wish={{ document: draft, expected: view.newest, ...(isRestored ? { restores: restored.version } : {}) }}
        onPublished={onPublished}
        onReload={onReload}
      />
    </>
  );
}

function standing(of: {
  dirty: boolean;
  settled: boolean;
  failed: boolean;
  failing: number;
  problems: number;
}): string {
  if (of.failed) return "! The draft could not be checked.";
  if (of.problems > 0) return `✕ ${counted(of.problems, "problem")}: it cannot be published.`;
  if (of.failing > 0) return `✕ ${counted(of.failing, "test")} failing: it cannot be published.`;
  if (!of.settled) return "Checking the draft";
  return of.dirty ? "✓ Changed, and ready to publish." : "No changes.";
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? "" : "s"}`;
}
