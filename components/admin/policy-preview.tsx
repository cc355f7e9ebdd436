"use client";

/** A real incident as two roles would see it under the draft. Values that the reader may not read are covered. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { failureText } from "@/lib/client/call-api";
import { policyPreviewQuery } from "@/lib/client/policy";
import type { PolicyPreviewWish } from "@/lib/contract/policy";
import type { PolicyDocument } from "@/lib/domain/policy";
import type { Role } from "@/lib/domain/role";
import { Button } from "../ui/button";
import { FIELD_LOOK } from "../ui/field-look";
import { useDebounced } from "../ui/use-debounced";
import { PreviewRows } from "./preview-rows";

/** Each change asks the sources again. */
const REST_MS = 1_000;
const RANGES = [
  { from: "now-1h", label: "last hour" },
  { from: "now-24h", label: "last 24 hours" },
  { from: "now-7d", label: "last 7 days" },
] as const;

type Question = Pick<PolicyPreviewWish, "question" | "teams" | "services">;

export function PolicyPreview({ draft, ready }: { draft: PolicyDocument; ready: boolean }) {
  const [question, setQuestion] = useState<Question>();
  const [roles, setRoles] = useState<readonly [Role, Role]>(["support", "engineer"]);
  const rested = useDebounced(draft, REST_MS);
  const known = roles.map((role) => rested.roles.some(({ name }) => name === role));
  const wish = (at: 0 | 1): PolicyPreviewWish | undefined =>
    question && ready && known[at] ? { ...question, document: rested, role: roles[at] } : undefined;
  const left = useQuery(policyPreviewQuery(wish(0)));
  const right = useQuery(policyPreviewQuery(wish(1)));
  const failed = left.error ?? right.error;
  const isWaiting = question !== undefined && (left.isFetching || right.isFetching);
  return (
    <section aria-label="Preview" aria-busy={isWaiting} className="min-w-0">
      <h2 className="text-section font-strong">The same incident, as the draft shows it</h2>
      <p className="text-small text-muted">
        Recorded as a view of yours. Values that your own role may not read are covered:{" "}
        <span className="font-mono">‹personal masked›</span>.
      </p>
      <PreviewQuestion onAsk={setQuestion} />
      <div className="mt-2 grid grid-cols-2 gap-2">
        {([0, 1] as const).map((at) => (
          <label key={at} className="flex items-center gap-2 text-small">
            <span className="sr-only">{at === 0 ? "Left" : "Right"} role</span>
            <select
              value={roles[at]}
              className={`h-7 w-full ${FIELD_LOOK}`}
              onChange={(event) => {
                setRoles(at === 0 ? [event.target.value, roles[1]] : [roles[0], event.target.value]);
              }}
            >
              {draft.roles.map(({ name }) => (
                <option key={name} value={name}>
                  as {name}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <p role="status" className="min-h-5 text-small text-muted">
        {isWaiting ? "Asking the sources" : question && !ready ? "The draft has to be in order first." : ""}
      </p>
      {question === undefined ? (
        <p className="text-small text-muted">Ask for an incident to see it as two roles.</p>
      ) : failed ? (
        <p role="alert" className="text-small text-error">
          ✕ {failureText(failed)}{" "}
          <Button
            onClick={() => {
              void left.refetch();
              void right.refetch();
            }}
          >
            Ask again
          </Button>
        </p>
      ) : left.data && right.data ? (
        <PreviewRows answers={[left.data, right.data]} roles={roles} />
      ) : (
        <div className="skeleton h-64" />
      )}
    </section>
  );
}

function PreviewQuestion({ onAsk }: { onAsk: (question: Question) => void }) {
  const [keys, setKeys] = useState("");
  const [from, setFrom] = useState<string>(RANGES[0].from);
  const [teams, setTeams] = useState("");
  const [services, setServices] = useState("");
  const asked = entries(keys);
  return (
    <form
      aria-label="Incident to preview"
      className="mt-2 flex flex-wrap items-center gap-2 text-small"
      onSubmit={(event) => {
        event.preventDefault();
        if (asked.length === 0) return;
        onAsk({ question: { keys: asked, from }, teams: entries(teams), services: entries(services) });
      }}
    >
      <input
        aria-label="Ids of the incident"
        value={keys}
        placeholder="order:48192"
        spellCheck={false}
        className={`h-7 min-w-32 flex-1 font-mono ${FIELD_LOOK}`}
        onChange={(event) => {
          setKeys(event.target.value);
        }}
      />
      <select
        aria-label="Range"
        value={from}
        className={`h-7 ${FIELD_LOOK}`}
        onChange={(event) => {
          setFrom(event.target.value);
        }}
      >
        {RANGES.map((range) => (
          <option key={range.from} value={range.from}>
            {range.label}
          </option>
        ))}
      </select>
      <input
        aria-label="Teams of the imagined person"
        title="Services that these teams own are in the person's own scope"
        value={teams}
        placeholder="teams"
        className={`h-7 w-28 ${FIELD_LOOK}`}
        onChange={(event) => {
          setTeams(event.target.value);
        }}
      />
      <input
        aria-label="Services granted to the imagined person"
        title="Services of a vendor's grant"
        value={services}
        placeholder="granted services"
        className={`h-7 w-32 ${FIELD_LOOK}`}
        onChange={(event) => {
          setServices(event.target.value);
        }}
      />
      <Button type="submit" disabled={asked.length === 0}>
        Show incident
      </Button>
    </form>
  );
}

function entries(text: string): string[] {
  return text
    .split(/[\s,]*,[\s,]*/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
