"use client";

/** "Who saw this customer": people, how often, when, by what, and with which reason they saw more than their role reads. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { askWhoSaw, whoSawQuery, type AuditFilters } from "@/lib/client/audit";
import { failureText } from "@/lib/client/call-api";
import { zonePreference } from "@/lib/client/preferences";
import type { OnlookerView, WhoSawView } from "@/lib/contract/audit";
import { Button } from "../ui/button";
import { useStoredValue } from "../ui/use-stored-value";
import { actorName } from "./audit-table";
import { InstantText, zoneLabel } from "./instant-text";
import type { SetAuditFilters } from "./use-audit-filters";

/** What an action tells of how somebody came to see the subject. */
const HOW: Readonly<Record<string, string>> = {
  "timeline.view": "asked for it",
  "timeline.shown": "it appeared in an answer",
  "timeline.export": "exported it",
};

export function WhoSaw({ filters, setFilters }: { filters: AuditFilters; setFilters: SetAuditFilters }) {
  const queries = useQueryClient();
  const { subject, from, to } = filters;
  const span = { ...(from !== "" && { from }), ...(to !== "" && { to }) };
  const seen = useQuery(whoSawQuery({ subject, ...span }));
  const ask = useMutation({
    mutationFn: (typed: string) => askWhoSaw({ subject: typed, ...span }),
    // What was typed stays out of the address: the trail's own name for it goes there, with the answer at hand.
    onSuccess: (answer) => {
      queries.setQueryData(whoSawQuery({ subject: answer.subject, ...span }).queryKey, answer);
      setFilters({ subject: answer.subject });
    },
  });
  const failure = ask.error ?? seen.error;
  return (
    <section aria-label="Who saw this customer" className="mt-4 rounded-md border border-line p-3">
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          const typed = new FormData(event.currentTarget).get("subject");
          if (typeof typed === "string" && typed.trim() !== "") ask.mutate(typed.trim());
        }}
      >
        <label className="min-w-0">
          <span className="block text-small text-muted">Who saw this customer, order or ticket?</span>
          <input
            key={subject}
            name="subject"
            defaultValue={subject}
            placeholder="account:31337, order:48192, account·K7Q4-…"
            autoComplete="off"
            spellCheck={false}
            className="h-7 w-80 max-w-full rounded-md border border-line-strong bg-raised px-2 font-mono"
          />
        </label>
        <Button type="submit" look="primary" disabled={ask.isPending}>
          Ask who saw it
        </Button>
      </form>
      <p role="alert" className="min-h-5 text-small text-error">
        {failure && failureText(failure)}
      </p>
      {ask.isPending || (subject !== "" && seen.isPending) ? (
        <div role="status" aria-label="People are being looked up" className="skeleton h-16" />
      ) : (
        seen.data && <Onlookers answer={seen.data} />
      )}
    </section>
  );
}

function Onlookers({ answer: { subject, people, total, moreReasons } }: { answer: WhoSawView }) {
  const zone = useStoredValue(zonePreference, "utc");
  if (people.length === 0) {
    return (
      <p className="text-small text-muted">
        Nobody was shown data of <span className="font-mono">{subject}</span> in this time, as far as entries are kept.
      </p>
    );
  }
  const heads = ["Who", "Role", "Times", `Last (${zoneLabel(zone)})`, "First", "How", "Incidents", "Reasons given"];
  return (
    <div className="relative overflow-x-auto" tabIndex={0} role="region" aria-label="People who saw it">
      {(people.length < total || moreReasons) && (
        <p className="border-l-2 border-warning-line pl-2 text-small">
          ! {people.length < total && `${String(people.length)} shown of ${String(total)}. `}
          {moreReasons && "There are more reasons than the newest ones that are listed. "}
          Narrow the time with From and To below.
        </p>
      )}
      <table className="w-full min-w-[56rem] text-left text-small">
        <caption className="sr-only">Who was shown data of {subject}</caption>
        <thead className="text-muted">
          <tr>
            {heads.map((name) => (
              <th key={name} scope="col" className="py-1 pr-3 font-normal whitespace-nowrap">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((one) => (
            <Onlooker key={`${one.actor.id} ${one.role}`} one={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Onlooker({ one }: { one: OnlookerView }) {
  const { actor, role, times, firstAt, lastAt, actions, incidentCount, reasons } = one;
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="py-1 pr-3 font-normal">
        {actorName(actor)}
      </th>
      <td className="py-1 pr-3">{role}</td>
      <td className="py-1 pr-3">{times}</td>
      <td className="py-1 pr-3">
        <InstantText iso={lastAt} />
      </td>
      <td className="py-1 pr-3">
        <InstantText iso={firstAt} />
      </td>
      <td className="py-1 pr-3">{actions.map((action) => HOW[action] ?? action).join("; ")}</td>
      <td className="py-1 pr-3">{incidentCount}</td>
      <td className="max-w-80 py-1 break-words">
        {reasons.map(({ at, fieldClass, reason, ticket }) => (
          <span key={`${at} ${fieldClass}`} className="block">
            {fieldClass}: {reason ?? "hidden for your role"}
            {ticket !== null && ` (${ticket})`}
          </span>
        ))}
      </td>
    </tr>
  );
}
