"use client";

/** Break-glass of others: to be answered, in force, to be looked at; and how often it was needed this month. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { revealsQuery, takeRevealStep, type RevealStep } from "@/lib/client/reveals";
import type { RevealList, RevealView } from "@/lib/contract/reveal";
import type { Role } from "@/lib/domain/role";
import { Asked } from "../ui/asked";
import { Failure } from "../ui/failure";
import { AccessCountsTable } from "./access-counts-table";
import { RevealTable } from "./reveal-table";

export function RevealsPage({ role, mayEnd }: { role: Role; mayEnd: boolean }) {
  const reveals = useQuery(revealsQuery([]));
  const queries = useQueryClient();
  const take = useMutation({
    mutationFn: takeRevealStep,
    onSettled: () => queries.invalidateQueries({ queryKey: ["reveals"] }),
  });
  const step = (id: string, name: RevealStep): void => {
    take.mutate({ id, step: name });
  };
  return (
    <div className="mx-auto max-w-6xl px-4 py-6">
      <h1 className="text-page font-strong">Reveals</h1>
      <p className="max-w-3xl text-muted">
        Somebody reads more of one incident than their role does, for half an hour at most. Everything here is on
        record, and everybody who opens the incident sees it there.
      </p>
      <Failure error={take.error} />
      <Asked query={reveals} name="The reveals" denied={<p>Hidden for your role ({role}).</p>}>
        {(list) => <Lists list={list} mayEnd={mayEnd} onStep={step} />}
      </Asked>
    </div>
  );
}

function Lists({
  list,
  mayEnd,
  onStep,
}: {
  list: RevealList;
  mayEnd: boolean;
  onStep: (id: string, step: RevealStep) => void;
}) {
  const groups = groupReveals(list);
  const rights = { mayEnd, maySecond: list.maySecond, mayReview: list.mayReview, onStep };
  return (
    <>
      {GROUPS.map(({ name, title, none }) => (
        <section key={name} className="mt-6">
          <h2 className="text-section font-strong">
            {title} <span className="font-normal text-muted">{groups[name].length}</span>
          </h2>
          {groups[name].length === 0 ? (
            <p className="text-muted">{none}</p>
          ) : (
            <RevealTable label={title} reveals={groups[name]} {...rights} />
          )}
        </section>
      ))}
      {!list.complete && <p className="mt-2 text-muted">Older ones are not listed here; the audit trail has them.</p>}
      {list.mayReview && <AccessCountsTable />}
    </>
  );
}

const GROUPS = [
  { name: "waiting", title: "To answer", none: "Nobody waits for a second person." },
  { name: "open", title: "In force", none: "Nothing is open now." },
  { name: "unseen", title: "To look at", none: "Everything was looked at." },
  { name: "earlier", title: "Earlier", none: "None in the last 90 days." },
] as const;

type Group = (typeof GROUPS)[number]["name"];

/** One's own are looked at by somebody else. */
function groupReveals({ reveals, mayReview }: RevealList): Readonly<Record<Group, readonly RevealView[]>> {
  const isUnseen = (one: RevealView): boolean =>
    mayReview && one.state === "over" && one.reviewedAt === null && !one.mine;
  const rest = reveals.filter(({ state }) => state !== "waiting" && state !== "in-force");
  return {
    waiting: reveals.filter(({ state }) => state === "waiting"),
    open: reveals.filter(({ state }) => state === "in-force"),
    unseen: rest.filter(isUnseen),
    earlier: rest.filter((one) => !isUnseen(one)),
  };
}
