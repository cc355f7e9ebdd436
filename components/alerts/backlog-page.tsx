"use client";

/** Twenty minutes of keyboard work: one episode at a time, with what helps to judge it. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { backlogQuery } from "@/lib/client/alerts";
import type { BacklogItem, BacklogView } from "@/lib/contract/alerts";
import { Asked } from "../ui/asked";
import { Button } from "../ui/button";
import { HowToAsk } from "../ui/how-to-ask";
import { BacklogCard } from "./backlog-card";

/** Half a minute for each. */
const SECONDS_EACH = 30;

export function BacklogPage() {
  const backlog = useQuery(backlogQuery);
  return (
    <div className="mx-auto max-w-3xl px-4 py-5">
      <h1 className="text-page font-strong">Was it worth it?</h1>
      <Asked
        query={backlog}
        name="The backlog"
        loading={<div className="mt-4 skeleton h-72" />}
        denied={
          <div className="mt-2">
            <p>Judging alerts is not for your role.</p>
            <HowToAsk />
          </div>
        }
      >
        {(view) => <Queue key={view.items[0]?.episode.id ?? "none"} view={view} />}
      </Asked>
    </div>
  );
}

function Queue({ view: { items, more } }: { view: BacklogView }) {
  const [at, setAt] = useState(0);
  const queries = useQueryClient();
  const item: BacklogItem | undefined = items[at];
  if (!item) {
    return (
      <div className="mt-4">
        <p>
          {items.length === 0
            ? "Nothing waits for a verdict in the last 62 days."
            : `Done: you went through ${String(items.length)}.`}
        </p>
        {(more || items.length > 0) && (
          <Button className="mt-2" onClick={() => void queries.invalidateQueries({ queryKey: backlogQuery.queryKey })}>
            Look for more
          </Button>
        )}
      </div>
    );
  }
  const drawn = items.filter(({ sampled }) => sampled).length;
  const minutes = Math.max(1, Math.round(((items.length - at) * SECONDS_EACH) / 60));
  return (
    <div className="mt-2">
      <p className="text-small text-muted" role="status">
        {at + 1} of {items.length}
        {more ? " and more" : ""}
        {drawn > 0 ? `, ${String(drawn)} of them drawn at random` : ""}, about {minutes}{" "}
        {minutes === 1 ? "minute" : "minutes"}
      </p>
      <div className="mt-1 h-1 bg-panel" aria-hidden="true">
        <div className="h-1 bg-accent" style={{ width: `${String((at / items.length) * 100)}%` }} />
      </div>
      <BacklogCard
        key={item.episode.id}
        item={item}
        onNext={() => {
          setAt(at + 1);
        }}
        onBack={
          at === 0
            ? null
            : () => {
                setAt(at - 1);
              }
        }
      />
    </div>
  );
}
