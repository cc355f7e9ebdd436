"use client";

/** The list of rules: name, kind, where each comes from, and what stands in whose place. */
import clsx from "clsx";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { keyRulesQuery, removeKeyRule } from "@/lib/client/key-rules";
import { keyRulesHref } from "@/lib/client/key-rules-href";
import type { KeyRuleList, KeyRuleView } from "@/lib/contract/key-rule";
import { Button } from "../ui/button";

const ORIGIN = {
  "built-in": { label: "built in", tells: "Part of the program" },
  file: { label: "file", tells: "From the provisioning file; cannot be changed here" },
  page: { label: "page", tells: "Made on this page" },
} as const;

export function KeyRuleNames({ list, chosen }: { list: KeyRuleList; chosen: string | null | undefined }) {
  return (
    <nav aria-label="Key rules">
      {list.mayEdit && (
        <Link
          href={keyRulesHref(null)}
          className="mb-2 inline-flex h-7 items-center rounded-md border border-line-strong px-2.5 hover:bg-hover"
        >
          New rule
        </Link>
      )}
      <ul className="max-h-56 overflow-y-auto md:max-h-none">
        {list.rules.map((view) => (
          <li key={`${view.provenance} ${view.rule.name}`}>
            <RuleName view={view} here={view.inForce && view.rule.name === chosen} />
          </li>
        ))}
      </ul>
      {list.unreadable.length > 0 && <Unreadable rules={list.unreadable} mayEdit={list.mayEdit} />}
    </nav>
  );
}

function RuleName({ view, here }: { view: KeyRuleView; here: boolean }) {
  const { rule, provenance, inForce, replacedBy } = view;
  const words = (
    <>
      <span className="min-w-0 flex-1 truncate">{rule.name}</span>
      <span className="text-small text-muted">{rule.kind}</span>
      <OriginBadge provenance={provenance} />
    </>
  );
  if (inForce) {
    return (
      <Link
        href={keyRulesHref(rule.name)}
        aria-current={here ? "true" : undefined}
        className={clsx("flex h-7 items-center gap-2 rounded-md px-2", here ? "bg-selected" : "hover:bg-hover")}
      >
        {words}
      </Link>
    );
  }
  return (
    <div className="px-2 pb-1 text-muted">
      <span className="flex h-7 items-center gap-2">{words}</span>
      <span className="block text-small">Not in force: replaced by a rule of this {replacedBy}.</span>
    </div>
  );
}

export function OriginBadge({ provenance }: { provenance: KeyRuleView["provenance"] }) {
  const { label, tells } = ORIGIN[provenance];
  return (
    <span title={tells} className="shrink-0 rounded border border-line-strong px-1 text-[11px] leading-4 text-muted">
      {label}
    </span>
  );
}

/** Partial: what was stored by another version and cannot be read is said, not left out. */
function Unreadable({ rules, mayEdit }: { rules: KeyRuleList["unreadable"]; mayEdit: boolean }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: removeKeyRule,
    onSuccess: () => queries.invalidateQueries({ queryKey: keyRulesQuery.queryKey }),
  });
  return (
    <div className="mt-3 border-t-2 border-warning-line pt-2 text-small">
      <p>! Stored, but not usable by this version, so not in force:</p>
      <ul>
        {rules.map(({ id, name, version }) => (
          <li key={id} className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate">{name}</span>
            {mayEdit && (
              <Button
                look="plain"
                onClick={() => {
                  remove.mutate({ id, version });
                }}
              >
                Remove<span className="sr-only"> rule {name}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
