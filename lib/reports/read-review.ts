/** A month's review: the measures by what is known, or as they were signed with what became known since. */
import "server-only";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { z } from "zod";
import { NoiseReport } from "@/lib/contract/noise-report";
import type { ReviewList, ReviewView } from "@/lib/contract/review";
import { monthBounds, monthOf } from "@/lib/domain/month-bounds";
import type { Principal } from "@/lib/domain/principal";
import { redactReview } from "@/lib/redact/redact-review";
import type { Redacted } from "@/lib/redact/redacted";
import { store } from "@/lib/store/open-store";
import type { StoredReview } from "@/lib/store/review-repository";
import { decisionViews } from "./decision-views";
import { measuredMonth, type MeasuredMonth } from "./measured-month";
import { oldSilences } from "./old-silences";
import { restate } from "./restate";
import { ownsRules } from "./review-owners";
import { reviewReader } from "./review-reader";

export const Snapshot = z.strictObject({
  report: NoiseReport,
  ruleSet: z.string().nullable(),
  summary: z.string(),
  decisions: z.array(z.unknown()),
});

/** Throws `ProblemError`: `forbidden`. Opens the draft of a finished month at first look. */
export async function readReview(principal: Principal, month: string, now = new Date()): Promise<Redacted<ReviewView>> {
  const reader = await reviewReader(principal);
  const { reviews, noise } = await store();
  const isOver = monthBounds(month).to <= now;
  const review = isOver ? await reviews.open(month, principal.userId, now) : await reviews.find(month);
  const measured = await measuredMonth(month, now);
  const signed = review?.state === "signed" ? await readSnapshot(review) : null;
  const before = monthBounds(month, -1).month;
  const [own, carried, last, silences, neverFired] = await Promise.all([
    reviews.decisions({ month }),
    reviews.decisions({ openBefore: month }),
    reviews.decisions({ month: before }),
    oldSilences(noise, now),
    noise.neverFired(now),
  ]);
  const views = (list: typeof own) =>
    decisionViews(list, { month, measured, principal, mayDecide: reader.mayDecide, now });
  const view: ReviewView = {
    month,
    state: !isOver ? "running" : (review?.state ?? "draft"),
    report: signed?.report ?? measured.report,
    ruleSet: signed?.ruleSet ?? measured.ruleSet,
    summary: review?.summary ?? "",
    decisions: await views(own),
    carriedOver: await views(carried),
    lastMonth: await views(last),
    restatement: signed && review ? restate(signed.report, measured, lastSignature(review), now) : null,
    signatures: signaturesOf(review),
    hash: review?.hash ?? null,
    ...silences,
    listed: [...silences.listed, ...listed("never-fired", neverFired)],
    backlog: backlogOf(measured),
    mayDecide: reader.mayDecide,
    maySign: isOver && (reader.mayDecide || ownsRules(principal, measured)),
    suppressed: [],
    version: review?.version ?? 0,
  };
  return redactReview(view, reader, reader.context);
}

/** Months that are in review, and the running one. Throws `ProblemError("forbidden")`. */
export async function listReviews(principal: Principal, now = new Date()): Promise<ReviewList> {
  await reviewReader(principal);
  const { reviews } = await store();
  const known = new Map((await reviews.list()).map((one) => [one.month, one]));
  const running = monthOf(now);
  const months = new Set([running, monthBounds(running, -1).month, monthBounds(running, -2).month, ...known.keys()]);
  return {
    months: [...months].sort().map((month) => {
      const one = known.get(month);
      const state = month === running ? "running" : (one?.state ?? "draft");
      return { month, state, signedAt: one?.signedAt?.toISOString() ?? null };
    }),
  };
}

/** Throws when the snapshot cannot be read: then nobody is shown other numbers under a signature. */
export async function readSnapshot({ snapshot }: StoredReview): Promise<z.infer<typeof Snapshot>> {
  if (snapshot === null) throw new Error("a signed review has no snapshot");
  const text = (await promisify(gunzip)(snapshot)).toString("utf8");
  return Snapshot.parse(JSON.parse(text));
}

/** With the second signature the numbers stood fast. */
function lastSignature({ signedAt, ownerSignedAt }: StoredReview): Date {
  return new Date(Math.max(signedAt?.getTime() ?? 0, ownerSignedAt?.getTime() ?? 0));
}

function signaturesOf(review: StoredReview | null): ReviewView["signatures"] {
  const { signedAt, signedByName, ownerSignedAt, ownerSignedByName } = review ?? {};
  return [
    ...(signedAt && signedByName != null
      ? [{ by: signedByName, at: signedAt.toISOString(), as: "manager" as const }]
      : []),
    ...(ownerSignedAt && ownerSignedByName != null
      ? [{ by: ownerSignedByName, at: ownerSignedAt.toISOString(), as: "owner" as const }]
      : []),
  ];
}

const MINUTES_EACH = 0.5;

/** Episodes of paging rules without a verdict, by owner. */
function backlogOf({ input, report }: MeasuredMonth): ReviewView["backlog"] {
  const judged = new Set(input.verdicts.filter(({ verdict }) => verdict !== null).map(({ episodeId }) => episodeId));
  const paged = new Set(
    input.pages.flatMap(({ episodeId, delivered }) => (episodeId !== null && delivered ? [episodeId] : [])),
  );
  const owners = new Map(report.rules.map(({ rule, owner }) => [rule, owner]));
  const open = new Map<string, Set<string>>();
  for (const { episodeId, rule, startsAt } of input.fires) {
    if (startsAt < input.from.getTime() || startsAt >= input.to.getTime()) continue;
    if (!paged.has(episodeId) || judged.has(episodeId)) continue;
    const owner = owners.get(rule) ?? "";
    open.set(owner, (open.get(owner) ?? new Set()).add(episodeId));
  }
  return [...open]
    .map(([owner, episodes]) => ({ owner, open: episodes.size, minutes: episodes.size * MINUTES_EACH }))
    .sort((a, b) => b.open - a.open || (a.owner < b.owner ? -1 : 1));
}

function listed(
  kind: ReviewView["listed"][number]["kind"],
  rows: readonly { readonly label: string; readonly since: Date }[],
): ReviewView["listed"] {
  return rows.map(({ label, since }) => ({ kind, label, since: since.toISOString() }));
}
