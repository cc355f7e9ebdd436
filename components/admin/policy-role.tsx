"use client";

/** One role: what it is for, which rows it sees, what it may do. */
import { useState } from "react";
import {
  addRole,
  changeRole,
  emptyRole,
  isBuiltIn,
  removeRole,
  roleNameProblem,
  toggled,
} from "@/lib/client/edit-policy";
import { FINANCE_ROLE } from "@/lib/client/policy-examples";
import { ABILITY_WORDS } from "@/lib/contract/ability-words";
import { ABILITIES, type PolicyDocument, type RolePolicy } from "@/lib/domain/policy";
import { FIELD_CLASSES, type Role } from "@/lib/domain/role";
import { Button } from "../ui/button";
import { FIELD_LOOK } from "../ui/field-look";
import { ToggleChip } from "../ui/toggle-chip";
import { RowRules } from "./row-rules";

export function PolicyRole({
  draft,
  role,
  ownRole,
  readOnly,
  onChange,
  onChoose,
}: {
  draft: PolicyDocument;
  role: RolePolicy;
  /** Of who edits: it keeps what lets them edit. */
  ownRole: Role;
  readOnly: boolean;
  onChange: (document: PolicyDocument) => void;
  onChoose: (role: Role) => void;
}) {
  const change = (part: Partial<RolePolicy>): void => {
    onChange(changeRole(draft, role.name, part));
  };
  return (
    <section aria-label={`Role ${role.name}`} className="mt-4 border-t border-line pt-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="text-section font-strong">{role.name}</h2>
        <span className="text-small text-muted">{isBuiltIn(role.name) ? "built in" : "your own"}</span>
        {!readOnly && !isBuiltIn(role.name) && (
          <Button
            look="plain"
            className="text-error"
            onClick={() => {
              onChange(removeRole(draft, role.name));
            }}
          >
            Remove role
          </Button>
        )}
      </div>
      <label className="mt-1 block">
        <span className="sr-only">What {role.name} is for</span>
        <input
          value={role.description}
          readOnly={readOnly}
          maxLength={200}
          placeholder="One line for people who choose a role"
          className={`h-7 w-full ${FIELD_LOOK}`}
          onChange={(event) => {
            change({ description: event.target.value });
          }}
        />
      </label>
      <RowRules
        role={role}
        readOnly={readOnly}
        onChange={(rows) => {
          change({ rows });
        }}
      />
      <fieldset className="mt-3" disabled={readOnly}>
        <legend className="font-strong">May</legend>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {ABILITIES.map((ability) => (
            <label key={ability} className="flex min-h-6 items-center gap-2 text-small">
              <input
                type="checkbox"
                checked={role.abilities.includes(ability)}
                disabled={ability === "administer" && role.name === ownRole && role.abilities.includes(ability)}
                onChange={() => {
                  change({ abilities: toggled(role.abilities, ability) });
                }}
              />
              {ABILITY_WORDS[ability]}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className="mt-3" disabled={readOnly}>
        <legend className="font-strong">May open by a reveal, with a reason and for a short time</legend>
        <div className="flex flex-wrap gap-1">
          {FIELD_CLASSES.flatMap((one) =>
            one === "secret"
              ? []
              : [
                  <ToggleChip
                    key={one}
                    on={role.mayReveal.includes(one)}
                    label={`${role.name} may reveal ${one}`}
                    onToggle={() => {
                      if (!readOnly) change({ mayReveal: toggled(role.mayReveal, one) });
                    }}
                  >
                    {role.mayReveal.includes(one) && <span aria-hidden="true">✓ </span>}
                    {one}
                  </ToggleChip>,
                ],
          )}
        </div>
      </fieldset>
      {!readOnly && <NewRole draft={draft} from={role} onChange={onChange} onChoose={onChoose} />}
    </section>
  );
}

function NewRole({
  draft,
  from,
  onChange,
  onChoose,
}: {
  draft: PolicyDocument;
  from: RolePolicy;
  onChange: (document: PolicyDocument) => void;
  onChoose: (role: Role) => void;
}) {
  const [name, setName] = useState("");
  const problem = name === "" ? undefined : roleNameProblem(draft, name);
  const usable = name !== "" && problem === undefined;
  const add = (role: RolePolicy): void => {
    onChange(addRole(draft, role));
    onChoose(role.name);
    setName("");
  };
  const hasExample = draft.roles.some((role) => role.name === FINANCE_ROLE.name);
  return (
    <div className="mt-4 border-t border-line pt-3">
      <div className="flex flex-wrap items-center gap-2">
        <label>
          <span className="mr-2 font-strong">New role</span>
          <input
            value={name}
            placeholder="name"
            spellCheck={false}
            aria-invalid={problem !== undefined}
            aria-describedby="new-role-problem"
            className={`h-7 w-40 ${FIELD_LOOK}`}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
        </label>
        <Button
          disabled={!usable}
          onClick={() => {
            add({ ...from, name });
          }}
        >
          Copy {from.name}
        </Button>
        <Button
          disabled={!usable}
          onClick={() => {
            add(emptyRole(name));
          }}
        >
          Start empty
        </Button>
        {!hasExample && (
          <Button
            title={FINANCE_ROLE.description}
            onClick={() => {
              add(FINANCE_ROLE);
            }}
          >
            Copy example “{FINANCE_ROLE.name}”
          </Button>
        )}
      </div>
      <p id="new-role-problem" role="alert" className="min-h-4 text-small text-error">
        {problem !== undefined && `✕ ${problem}`}
      </p>
    </div>
  );
}
