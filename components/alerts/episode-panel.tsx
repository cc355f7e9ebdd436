"use client";

/** One episode: what happened when, when we heard, who was paged, what people said, and the way to its timeline. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { episodeQuery } from "@/lib/client/alerts";
import { minuteOf } from "@/lib/client/format-instant";
import { timelineHref } from "@/lib/client/timeline-href";
import type { EpisodeDetail } from "@/lib/contract/episode-detail";
import { Asked } from "../ui/asked";
import { Failure } from "../ui/failure";
import { Icon } from "../ui/icon";
import { QuietLines } from "./quiet-lines";
import { useJudging } from "./use-judging";
import { VerdictBar } from "./verdict-bar";
import { END_WORDS, REASON_WORDS, VERDICT_WORDS } from "./verdict-words";

export function EpisodePanel({ id, mayJudge, onClose }: { id: string; mayJudge: boolean; onClose: () => void }) {
  const detail = useQuery(episodeQuery(id));
  return (
    <aside
      aria-label="Episode"
      className="fixed inset-0 z-30 overflow-y-auto border-l border-line bg-bg md:static md:z-auto md:w-[420px] md:shrink-0"
    >
      <header className="sticky top-0 flex items-center gap-2 border-b border-line bg-bg px-4 py-2">
        <span className="min-w-0 flex-1 truncate text-muted">
          {detail.data ? `${detail.data.episode.service} · ${detail.data.episode.severity}` : "Episode"}
        </span>
        <button
          type="button"
          aria-label="Close episode"
          title="Close (esc)"
          className="rounded p-1 hover:bg-hover"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="px-4 py-3">
        <Asked
          query={detail}
          name="The episode"
          denied={<p>Details are not shared with your role.</p>}
          loading={<div className="skeleton h-80" />}
        >
          {(data) => <PanelBody detail={data} mayJudge={mayJudge} />}
        </Asked>
      </div>
    </aside>
  );
}

function PanelBody({ detail, mayJudge }: { detail: EpisodeDetail; mayJudge: boolean }) {
  const { episode, transitions, pages, quietedBy, verdicts, labels, annotations, payload, timeline } = detail;
  const judging = useJudging("alerts");
  const mine = episode.verdicts.find((one) => one.mine)?.verdict ?? null;
  return (
    <div className="space-y-4">
      <div>
        <h2 className="text-section font-strong wrap-anywhere">{episode.name}</h2>
        <p className="text-small text-muted">
          {minuteOf(episode.startsAt)} – {episode.endsAt === null ? "now" : minuteOf(episode.endsAt)} ·{" "}
          {END_WORDS[episode.endReason]}
        </p>
      </div>
      {mayJudge && !episode.stub && (
        <div>
          <VerdictBar
            mine={mine}
            disabled={judging.busy}
            onJudge={(verdict) => {
              judging.judgeAll([episode.id], verdict);
            }}
          />
          <Failure error={judging.error} />
        </div>
      )}
      {timeline && (
        <Link
          className="text-accent hover:underline"
          href={timelineHref({ keys: timeline.keys, from: timeline.from, to: timeline.to })}
        >
          Open its timeline
        </Link>
      )}
      <Part title={`Fires ${shownOf(transitions.length, episode.fires)}`}>
        <ul className="text-small">
          {transitions.map((one) => (
            <li key={one.startsAt} className="border-t border-line/60 py-1">
              <span className="font-mono">
                {one.startsAt.slice(0, 19).replace("T", " ")} – {one.endsAt?.slice(11, 19) ?? "now"}
              </span>{" "}
              {END_WORDS[one.endReason]}
              {one.flapping && ", flapping"}
              <span className="block text-muted">
                heard {one.heardAt.slice(11, 19)}, last {minuteOf(one.lastHeardAt)}
                {one.duplicates > 0 && `, ${String(one.duplicates)} copies merged`}
              </span>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={`Pages ${String(pages.length)}`}>
        {pages.length === 0 ? (
          <p className="text-small text-muted">No feed told that anybody was paged for it.</p>
        ) : (
          <ul className="text-small">
            {pages.map((page) => (
              <li key={`${page.at} ${page.person} ${String(page.step)}`} className="border-t border-line/60 py-1">
                <span className="font-mono">{minuteOf(page.at)}</span> {page.person} by {page.channel}
                {page.reason !== "first" && `, ${page.reason}`}
                {page.estimated && ", estimated"}
                {!page.delivered && <span className="text-warning"> ! not delivered</span>}
                <span className="block text-muted">
                  {page.ackedAt === null ? "nobody acknowledged" : `acknowledged ${minuteOf(page.ackedAt)}`}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Part>
      {quietedBy.length > 0 && (
        <Part title={episode.silenced || episode.inhibited ? "Kept quiet" : "Kept quiet for a part of the time"}>
          <QuietLines quietedBy={quietedBy} />
        </Part>
      )}
      <Part title={`Verdicts ${String(verdicts.length)}`}>
        <ul className="text-small">
          {verdicts.map((one) => (
            <li key={`${one.at} ${one.by}`} className="border-t border-line/60 py-1">
              {VERDICT_WORDS[one.verdict].name}
              {reasonText(one.reason)}{" "}
              <span className="text-muted">
                by {one.by}, {minuteOf(one.at)}
              </span>
              {one.note !== "" && <span className="block wrap-anywhere">{one.note}</span>}
            </li>
          ))}
        </ul>
      </Part>
      <Texts title="Annotations" texts={annotations} />
      <Texts title="Labels" texts={labels} />
      {payload !== null && (
        <details>
          <summary className="cursor-pointer font-strong">As it was sent</summary>
          <pre className="max-h-72 overflow-auto rounded bg-panel p-2 font-mono text-small whitespace-pre-wrap wrap-anywhere">
            {payload}
          </pre>
        </details>
      )}
    </div>
  );
}

function shownOf(shown: number, total: number): string {
  return shown < total ? `${String(shown)} shown of ${String(total)}, the newest` : String(total);
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 font-strong">{title}</h3>
      {children}
    </section>
  );
}

function Texts({ title, texts }: { title: string; texts: Readonly<Record<string, string>> }) {
  const entries = Object.entries(texts);
  if (entries.length === 0) return null;
  return (
    <Part title={title}>
      <dl className="text-small">
        {entries.map(([name, value]) => (
          <div key={name} className="flex gap-3 border-t border-line/60 py-0.5">
            <dt className="w-28 shrink-0 truncate text-muted" title={name}>
              {name}
            </dt>
            <dd className="min-w-0 wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

function reasonText(reason: string): string {
  const known = Object.entries(REASON_WORDS).find(([name]) => name === reason);
  return known ? `: ${known[1].name.toLowerCase()}` : "";
}
