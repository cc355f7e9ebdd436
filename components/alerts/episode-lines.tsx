"use client";

/** Episodes, newest first, page by page. `x` chooses several; the keys of verdicts judge those, or the one under the cursor. */
import clsx from "clsx";
import { minuteOf } from "@/lib/client/format-instant";
import type { EpisodeView } from "@/lib/contract/alerts";
import { secondsText } from "@/lib/contract/noise-charts/report-words";
import { END_WORDS, VERDICT_WORDS } from "./verdict-words";

export function EpisodeLines({
  episodes,
  cursor,
  chosen,
  onOpen,
  onChoose,
}: {
  episodes: readonly EpisodeView[];
  cursor: string;
  chosen: ReadonlySet<string>;
  onOpen: (id: string) => void;
  onChoose: (id: string) => void;
}) {
  return (
    <ul aria-label="Episodes" className="bg-panel">
      {episodes.map((episode) => (
        <li
          key={episode.id}
          className={clsx(
            "flex min-h-7 items-center gap-3 border-t border-line/60 px-3 text-small",
            episode.id === cursor && "bg-selected",
          )}
        >
          <input
            type="checkbox"
            aria-label={`Choose ${episode.name} of ${minuteOf(episode.startsAt)}`}
            checked={chosen.has(episode.id)}
            disabled={episode.stub}
            onChange={() => {
              onChoose(episode.id);
            }}
          />
          <button
            type="button"
            className="flex min-w-0 flex-1 items-center gap-3 py-1 text-left"
            aria-current={episode.id === cursor ? "true" : undefined}
            onClick={() => {
              onOpen(episode.id);
            }}
          >
            <span className="shrink-0 font-mono">{minuteOf(episode.startsAt)}</span>
            <span className="w-24 shrink-0 text-muted">{lengthText(episode)}</span>
            <span className="min-w-0 flex-1 truncate">{factsOf(episode)}</span>
            <Verdicts episode={episode} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function lengthText({ startsAt, endsAt, endReason }: EpisodeView): string {
  if (endsAt === null) return END_WORDS[endReason];
  return secondsText((Date.parse(endsAt) - Date.parse(startsAt)) / 1000);
}

function factsOf(episode: EpisodeView): string {
  if (episode.stub) return episode.name;
  const facts = [
    episode.severity,
    episode.environment,
    episode.fires > 1 ? `${String(episode.fires)} fires` : "",
    episode.flapping > 0 ? "flapping" : "",
    episode.silenced ? "silenced" : "",
    episode.inhibited ? "inhibited" : "",
    episode.monitoringFault ? "monitoring fault" : "",
    episode.reconstructed ? "rebuilt from metrics" : "",
    episode.pages > 0 ? `${String(episode.pages)} ${episode.pages === 1 ? "page" : "pages"}` : "",
    episode.endReason === "resolved" || episode.endReason === "open" ? "" : END_WORDS[episode.endReason],
  ];
  return facts.filter((fact) => fact !== "").join(" · ");
}

function Verdicts({ episode: { verdicts } }: { episode: EpisodeView }) {
  if (verdicts.length === 0) return null;
  const kinds = [...new Set(verdicts.map(({ verdict }) => verdict))];
  return (
    <span className="shrink-0 text-muted">
      {kinds.length > 1 ? "disputed: " : ""}
      {kinds.map((kind) => VERDICT_WORDS[kind].name).join(", ")}
    </span>
  );
}
