"use client";

/** Who sees what: the policy in force, a draft of it, and what the draft would change. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CallFailed } from "@/lib/client/call-api";
import { policyQuery } from "@/lib/client/policy";
import type { PolicyVersionView, PolicyView } from "@/lib/contract/policy";
import type { Role } from "@/lib/domain/role";
import { Asked } from "../ui/asked";
import { HowToAsk } from "../ui/how-to-ask";
import { PolicyEditor } from "./policy-editor";

export function PolicyPage({ role }: { role: Role }) {
  const queries = useQueryClient();
  const policy = useQuery(policyQuery);
  const [notice, setNotice] = useState("");
  if (policy.error instanceof CallFailed && policy.error.code === "forbidden") return <Denied role={role} />;
  const published = async ({ version }: PolicyVersionView): Promise<void> => {
    setNotice(`Published v${String(version)}. It counts from the next answer on; open timelines ask again.`);
    await queries.invalidateQueries({ queryKey: policyQuery.queryKey });
  };
  return (
    <div className="mx-auto max-w-[1760px] px-4 py-6">
      <h1 className="text-page font-strong">Policy</h1>
      <p className="max-w-3xl text-muted">
        Which role sees what. Everything here only grants: a class without a cell is absent, a row that no rule names is
        not there.
      </p>
      <p role="status" className="min-h-5 text-small text-good">
        {notice !== "" && `✓ ${notice}`}
      </p>
      <Asked query={policy} name="The policy" denied={null} loading={<Skeleton />}>
        {(view) => (
          <>
            <Standing view={view} />
            {/* A publish makes a new base: the editor begins again with it. */}
            <PolicyEditor
              key={`${view.label} ${view.hash}`}
              view={view}
              ownRole={role}
              onPublished={published}
              onReload={() => void policy.refetch()}
            />
          </>
        )}
      </Asked>
    </div>
  );
}

function Standing({ view }: { view: PolicyView }) {
  return (
    <>
      <p className="text-small">
        In force: <span className="font-strong">{view.label}</span>{" "}
        <span className="font-mono text-muted">{view.hash.slice(0, 12)}</span>
      </p>
      {view.provisioned && (
        <p className="mt-2 border-t-2 border-warning-line pt-1">
          ! From the provisioning file. Read-only here: change <code className="font-mono">policy</code> in{" "}
          <code className="font-mono">throughline.yaml</code> and restart.
        </p>
      )}
      {view.unreadable && (
        <p role="alert" className="mt-2 border-t-2 border-error pt-1 text-error">
          ✕ Version {view.newest} cannot be read by this version of the program. Until another one is published nobody
          sees anything. Below stands the last one that can be read.
        </p>
      )}
    </>
  );
}

function Denied({ role }: { role: Role }) {
  return (
    <div className="mx-auto max-w-3xl px-4 py-8">
      <h1 className="text-page font-strong">Policy</h1>
      <p>Hidden for your role ({role}). This page needs the ability to administer.</p>
      <HowToAsk />
    </div>
  );
}

function Skeleton() {
  return (
    <div className="mt-4 grid gap-6 xl:grid-cols-2">
      <div className="skeleton h-96" />
      <div className="skeleton h-96" />
    </div>
  );
}
