"use client";

/** How ids are spelled here: the rules in force and where they come from, one of them open beside a tester. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CallFailed } from "@/lib/client/call-api";
import { keyRulesQuery } from "@/lib/client/key-rules";
import { keyRulesHref } from "@/lib/client/key-rules-href";
import type { KeyRuleList, KeyRuleView } from "@/lib/contract/key-rule";
import type { Role } from "@/lib/domain/role";
import { Asked } from "../ui/asked";
import { HowToAsk } from "../ui/how-to-ask";
import { KeyRuleEditor } from "./key-rule-editor";
import { KeyRuleNames } from "./key-rule-names";

/** `chosen` is the name of a rule, null for a new one, undefined for none. */
export function KeyRulesPage({
  role,
  mayRead,
  chosen,
}: {
  role: Role;
  mayRead: boolean;
  chosen: string | null | undefined;
}) {
  const rules = useQuery({ ...keyRulesQuery, enabled: mayRead });
  if (!mayRead || (rules.error instanceof CallFailed && rules.error.code === "forbidden"))
    return <Denied role={role} />;
  return (
    <div className="mx-auto max-w-[1600px] px-4 py-6">
      <h1 className="text-page font-strong">Key rules</h1>
      <p className="max-w-3xl text-muted">
        How ids are spelled in your logs, traces and errors. A change counts from the next question on.
      </p>
      <Asked query={rules} name="The rules" denied={null} loading={<Skeleton />}>
        {(list) => <Loaded list={list} chosen={chosen} />}
      </Asked>
    </div>
  );
}

function Loaded({ list, chosen }: { list: KeyRuleList; chosen: string | null | undefined }) {
  const queries = useQueryClient();
  const router = useRouter();
  // Kept while walking through the rules: one pasted text is tried against many.
  const [lines, setLines] = useState("");
  const [notice, setNotice] = useState("");
  const open = list.rules.find((one) => one.inForce && one.rule.name === chosen);
  const isNew = chosen === null && list.mayEdit;
  const changed = async (view: KeyRuleView | undefined): Promise<void> => {
    setNotice(view ? `Saved “${view.rule.name}”. It counts from the next question on.` : "Removed the rule.");
    await queries.invalidateQueries({ queryKey: keyRulesQuery.queryKey });
    router.replace(keyRulesHref(view?.rule.name));
    // The search box knows the rules too.
    router.refresh();
  };
  return (
    <div className="mt-4 grid gap-x-6 gap-y-4 md:grid-cols-[15rem_minmax(0,1fr)]">
      <div>
        <KeyRuleNames list={list} chosen={chosen} />
        <p role="status" className="mt-2 min-h-5 text-small text-good">
          {notice !== "" && `✓ ${notice}`}
        </p>
      </div>
      {open || isNew ? (
        <KeyRuleEditor
          key={open ? `${open.provenance} ${open.rule.name}` : "new"}
          view={open}
          mayEdit={list.mayEdit}
          lines={lines}
          onLines={setLines}
          onChanged={changed}
        />
      ) : (
        <p className="text-muted">{nothingOpen(list, chosen)}</p>
      )}
    </div>
  );
}

function nothingOpen({ rules, mayEdit }: KeyRuleList, chosen: string | null | undefined): string {
  if (chosen === null) return "Only admins may make rules. Switch to the admin role if you have it.";
  if (chosen !== undefined) return `There is no rule “${chosen}” in force. It may have been renamed or removed.`;
  if (rules.length === 0) return "There are no rules.";
  return mayEdit
    ? "Choose a rule to try it on lines of your own and to change it."
    : "Choose a rule to try it on lines of your own.";
}

function Denied({ role }: { role: Role }) {
  return (
    <div className="mx-auto max-w-3xl px-4 py-8">
      <h1 className="text-page font-strong">Key rules</h1>
      <p>Hidden for your role ({role}). This page needs the ability to read and try key rules.</p>
      <HowToAsk />
    </div>
  );
}

function Skeleton() {
  return (
    <div className="mt-4 grid gap-6 md:grid-cols-[15rem_1fr]">
      <div className="skeleton h-64" />
      <div className="skeleton h-96" />
    </div>
  );
}
