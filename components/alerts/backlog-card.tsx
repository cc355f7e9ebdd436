"use client";

/** One episode to judge. The verdict is sent by its key; reason and note go with it. */
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRef, useState } from "react";
import { judge } from "@/lib/client/alerts";
import { minuteOf } from "@/lib/client/format-instant";
import type { BacklogItem } from "@/lib/contract/alerts";
import { VERDICT_REASONS, VERDICTS, type VerdictKind, type VerdictReason } from "@/lib/domain/on-call";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { FIELD_LOOK } from "../ui/field-look";
import { Kbd } from "../ui/kbd";
import { useHotkeys } from "../ui/use-hotkeys";
import { secondsText } from "@/lib/contract/noise-charts/report-words";
import { VerdictBar } from "./verdict-bar";
import { END_WORDS, REASON_WORDS, VERDICT_WORDS, verdictOfKey } from "./verdict-words";

export function BacklogCard({
  item,
  onNext,
  onBack,
}: {
  item: BacklogItem;
  onNext: () => void;
  /** Null at the first. */
  onBack: (() => void) | null;
}) {
  const { episode } = item;
  const [reason, setReason] = useState<VerdictReason | "">("");
  const [note, setNote] = useState("");
  const reasonField = useRef<HTMLSelectElement>(null);
  const noteField = useRef<HTMLInputElement>(null);
  const send = useMutation({
    mutationFn: (verdict: VerdictKind | null) =>
      judge({ episodes: [episode.id], verdict, reason, note, via: "backlog" }),
    onSuccess: onNext,
  });
  const judgeIt = (verdict: VerdictKind | null): void => {
    if (!send.isPending) send.mutate(verdict);
  };
  useHotkeys({
    ...Object.fromEntries(
      VERDICTS.map((_, index) => [
        String(index + 1),
        () => {
          judgeIt(verdictOfKey(String(index + 1)) ?? null);
        },
      ]),
    ),
    s: onNext,
    r: () => reasonField.current?.focus(),
    n: () => noteField.current?.focus(),
    u: () => {
      onBack?.();
    },
  });
  return (
    <article className="mt-3 border-t border-line pt-3" aria-label={episode.name}>
      <h2 className="text-section font-strong wrap-anywhere">{episode.name}</h2>
      <p className="text-muted">
        {episode.service} · {episode.severity} · {episode.team}
      </p>
      {item.sampled && (
        <p className="mt-1 text-small">
          Drawn at random: please judge it, also when nothing was wrong. What nobody complains of counts only so.
        </p>
      )}
      <dl className="mt-3 grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {factsOf(item).map(([name, value]) => (
          <div key={name} className="flex justify-between gap-3 border-t border-line/60 py-0.5">
            <dt className="text-muted">{name}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-4">
        <VerdictBar mine={null} disabled={send.isPending} onJudge={judgeIt} />
      </div>
      <div className="mt-3 flex flex-wrap items-end gap-3">
        <label className="max-w-full text-small text-muted">
          Reason <Kbd>r</Kbd>
          <select
            ref={reasonField}
            value={reason}
            className={`${FIELD_LOOK} mt-0.5 block h-7 max-w-full text-text`}
            onChange={(event) => {
              setReason(VERDICT_REASONS.find((one) => one === event.target.value) ?? "");
              // The next key is a verdict again.
              event.target.blur();
            }}
          >
            <option value="">none</option>
            {VERDICT_REASONS.map((one) => (
              <option key={one} value={one}>
                {REASON_WORDS[one].name}: {REASON_WORDS[one].change}
              </option>
            ))}
          </select>
        </label>
        <label className="min-w-48 flex-1 text-small text-muted">
          Note <Kbd>n</Kbd>
          <input
            ref={noteField}
            value={note}
            maxLength={500}
            className={`${FIELD_LOOK} mt-0.5 block h-7 w-full text-text`}
            onChange={(event) => {
              setNote(event.target.value);
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
            }}
          />
        </label>
      </div>
      <Failure error={send.error} />
      <div className="flex flex-wrap items-center gap-2">
        <Button look="plain" onClick={onNext}>
          Skip <Kbd>s</Kbd>
        </Button>
        {onBack && (
          <Button look="plain" onClick={onBack}>
            Back to the one before <Kbd>u</Kbd>
          </Button>
        )}
        <Link
          href={`/alerts?rule=${encodeURIComponent(episode.rule)}&episode=${episode.id}`}
          className="ml-auto text-accent hover:underline"
        >
          Open it
        </Link>
      </div>
    </article>
  );
}

function factsOf({
  episode,
  episodes90,
  medianSeconds,
  paged,
  acked,
  earlier,
}: BacklogItem): readonly (readonly [string, string])[] {
  const length =
    episode.endsAt === null
      ? END_WORDS[episode.endReason]
      : secondsText((Date.parse(episode.endsAt) - Date.parse(episode.startsAt)) / 1000);
  return [
    ["Began", minuteOf(episode.startsAt)],
    ["Lasted", length],
    ["This rule, 90 days", `${String(episodes90)} episodes`],
    ["Usually lasts", medianSeconds === null ? "not known" : secondsText(medianSeconds)],
    ["Paged", paged.length === 0 ? "nobody is known" : paged.join(", ")],
    ["Acknowledged", acked ? "yes, by a person" : "no"],
    ["Fires", `${String(episode.fires)}${episode.flapping > 0 ? ", flapping" : ""}`],
    [
      "Earlier verdicts",
      earlier.length === 0 ? "none" : earlier.map(({ verdict }) => VERDICT_WORDS[verdict].name).join(", "),
    ],
  ];
}
