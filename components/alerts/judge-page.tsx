"use client";

/** Behind a link: one episode, one verdict. Looking changes nothing. */
import { useMutation } from "@tanstack/react-query";
import { judgeByLink } from "@/lib/client/alerts";
import { minuteOf } from "@/lib/client/format-instant";
import type { EpisodeView } from "@/lib/contract/alerts";
import type { VerdictKind } from "@/lib/domain/on-call";
import { Failure } from "../ui/failure";
import { VerdictBar } from "./verdict-bar";
import { END_WORDS, VERDICT_WORDS } from "./verdict-words";

export function JudgePage({ token, episode }: { token: string; episode: EpisodeView }) {
  const send = useMutation({
    mutationFn: (verdict: VerdictKind) => judgeByLink(token, { verdict, reason: "", note: "" }),
  });
  return (
    <main className="mx-auto max-w-xl p-4">
      <p aria-hidden="true" className="text-page text-accent">
        ▚
      </p>
      <h1 className="text-page font-strong wrap-anywhere">{episode.name}</h1>
      <p className="text-muted">
        {episode.service} · {minuteOf(episode.startsAt)} – {episode.endsAt === null ? "now" : minuteOf(episode.endsAt)}{" "}
        · {END_WORDS[episode.endReason]}
      </p>
      {send.isSuccess ? (
        <p role="status" className="mt-6">
          <span className="text-good">✓</span> Judged: {VERDICT_WORDS[send.variables].name}. Thank you. This link has
          done its work.
        </p>
      ) : (
        <div className="mt-6">
          <p className="mb-2">Was it worth it? One answer; it counts under your name.</p>
          <VerdictBar
            mine={null}
            disabled={send.isPending}
            onJudge={(verdict) => {
              if (verdict) send.mutate(verdict);
            }}
          />
          <Failure error={send.error} />
        </div>
      )}
    </main>
  );
}
