"use client";

/** Every alert that was ever told: a line per rule, its episodes in place, one episode beside them. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { episodesQuery, rulesQuery } from "@/lib/client/alerts";
import { minuteOf } from "@/lib/client/format-instant";
import type { EpisodePage } from "@/lib/contract/alerts";
import { VERDICTS } from "@/lib/domain/on-call";
import { Asked } from "../ui/asked";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { HowToAsk } from "../ui/how-to-ask";
import { useHotkeys } from "../ui/use-hotkeys";
import { AlertFilterRow } from "./alert-filter-row";
import { EpisodeLines } from "./episode-lines";
import { EpisodePanel } from "./episode-panel";
import { RuleLines } from "./rule-lines";
import { useAlertFilters, type AlertFilters } from "./use-alert-filters";
import { useJudging } from "./use-judging";
import { VERDICT_WORDS, verdictOfKey } from "./verdict-words";

export function AlertsPage({ mayJudge }: { mayJudge: boolean }) {
  const filters = useAlertFilters();
  const { state, setState, filter } = filters;
  const rules = useQuery(rulesQuery(filter));
  return (
    <div className="flex h-full min-h-0">
      <div className="min-w-0 flex-1 overflow-y-auto px-4 py-5">
        <div className="flex flex-wrap items-baseline gap-x-4">
          <h1 className="text-page font-strong">Alerts</h1>
          {rules.data && (
            <span className="text-small text-muted">
              {minuteOf(rules.data.from)} – {minuteOf(rules.data.to)}
            </span>
          )}
          {mayJudge && (
            <Link href="/alerts/backlog" className="ml-auto text-accent hover:underline">
              Judge what waits
            </Link>
          )}
        </div>
        <AlertFilterRow {...filters} />
        <Asked
          query={rules}
          name="The alerts"
          loading={<div className="mt-3 skeleton h-96" />}
          denied={
            <div className="mt-3">
              <p>The history of alerts is hidden for your role.</p>
              <HowToAsk />
            </div>
          }
        >
          {(found) =>
            found.rules.length === 0 ? (
              <p className="mt-4 text-muted">
                Nothing fired in this range that matches and that your role may know of. This is what was told: gaps of
                sources stand with the episodes.
              </p>
            ) : (
              <>
                <RuleLines
                  rules={found}
                  open={state.rule}
                  onToggle={(rule) => {
                    void setState({ rule: rule === state.rule ? null : rule, episode: null });
                  }}
                >
                  <Episodes filters={filters} mayJudge={mayJudge} />
                </RuleLines>
                <p className="mt-2 text-small text-muted">
                  {found.rules.length} shown of {found.total} rules
                </p>
              </>
            )
          }
        </Asked>
      </div>
      {state.episode !== "" && (
        <EpisodePanel
          id={state.episode}
          mayJudge={mayJudge}
          onClose={() => {
            void setState({ episode: null });
          }}
        />
      )}
    </div>
  );
}

function Episodes({ filters: { state, setState, filter }, mayJudge }: { filters: AlertFilters; mayJudge: boolean }) {
  const query = useInfiniteQuery(episodesQuery({ ...filter, rule: state.rule }));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const judging = useJudging("alerts");
  const episodes = query.data?.pages.flatMap((page) => page.episodes) ?? [];
  const [first] = query.data?.pages ?? [];
  const at = episodes.findIndex(({ id }) => id === state.episode);
  const go = (index: number): void => {
    const episode = episodes[Math.min(episodes.length - 1, Math.max(0, index))];
    if (episode) void setState({ episode: episode.id });
  };
  const choose = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const targets = chosen.size > 0 ? [...chosen] : state.episode === "" ? [] : [state.episode];
  const verdictKeys = Object.fromEntries(
    VERDICTS.map((_, index) => [
      String(index + 1),
      () => {
        judging.judgeAll(targets, verdictOfKey(String(index + 1)) ?? null);
      },
    ]),
  );
  useHotkeys({
    j: () => {
      go(at + 1);
    },
    k: () => {
      go(at - 1);
    },
    x: () => {
      if (state.episode !== "") choose(state.episode);
    },
    Escape: () => {
      if (chosen.size > 0) setChosen(new Set());
      else void setState({ episode: null });
    },
    ...(mayJudge && {
      ...verdictKeys,
      "0": () => {
        judging.judgeAll(targets, null);
      },
      u: judging.undo,
    }),
  });
  if (query.isPending) return <div className="skeleton h-28" role="status" aria-label="The episodes: being fetched" />;
  if (query.isError && episodes.length === 0) {
    return (
      <p role="alert" className="px-3 py-2">
        The episodes could not be fetched. <Button onClick={() => void query.refetch()}>Ask again</Button>
      </p>
    );
  }
  return (
    <div>
      {first?.gaps.map((gap) => (
        <p
          key={`${gap.source} ${gap.from}`}
          className="border-t border-warning-line bg-warning-soft px-3 py-1 text-small"
        >
          ! {gap.source}, {minuteOf(gap.from)} – {minuteOf(gap.to)}: {gap.why}
        </p>
      ))}
      {first && first.gaps.length < first.gapsTotal && (
        <p className="border-t border-warning-line bg-warning-soft px-3 py-1 text-small">
          ! The newest {first.gaps.length} of {first.gapsTotal} gaps of sources are shown. A shorter range shows all.
        </p>
      )}
      <EpisodeLines
        episodes={episodes}
        cursor={state.episode}
        chosen={chosen}
        onChoose={choose}
        onOpen={(id) => {
          void setState({ episode: id });
        }}
      />
      <div className="flex min-h-8 flex-wrap items-center gap-3 border-t border-line/60 bg-panel px-3 text-small text-muted">
        <span>
          {episodes.length} shown of {first?.total ?? "unknown"}
        </span>
        {first && <span>{heardWords(first.heard)}</span>}
        {query.hasNextPage && (
          <Button look="plain" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        )}
        {mayJudge && (
          <span>1–5 judge{chosen.size > 0 ? ` ${String(chosen.size)} chosen` : ""}, 0 take back, x choose, u undo</span>
        )}
        {judging.last && (
          <span role="status" className="ml-auto text-text">
            {judging.last.verdict === null
              ? "Verdict taken back"
              : `Judged: ${VERDICT_WORDS[judging.last.verdict].name}`}
            , {judging.last.episodes.length} {judging.last.episodes.length === 1 ? "episode" : "episodes"}
          </span>
        )}
      </div>
      {judging.error && <Failure error={judging.error} />}
    </div>
  );
}

/** Hours in which nothing was heard are not hours in which nothing fired. */
function heardWords(heard: EpisodePage["heard"]): string {
  if (heard.length === 0) return "Hours heard: not known, no source of alerts is polled";
  return `Heard: ${heard.map(({ source, hours, ofHours }) => `${source} ${hours.toFixed(0)} of ${ofHours.toFixed(0)} h`).join(", ")}`;
}
