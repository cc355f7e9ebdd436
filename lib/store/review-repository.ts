/** Reviews, decisions and impacts. A signed review never changes: a trigger of the database holds it. */
import "server-only";
import { FirstDetector, type CustomerImpact } from "@/lib/domain/on-call";
import { DecisionKind, ExpectedEffect } from "@/lib/contract/review";
import type {
  Decision as DecisionRow,
  Impact as ImpactRow,
  PrismaClient,
  Review as ReviewRow,
} from "@/prisma/generated/client";
import { isUuid } from "./is-uuid";

export type StoredReview = Omit<ReviewRow, "state"> & { readonly state: "draft" | "signed" };
export const DECISION_STATES = ["unconfirmed", "open", "done", "dropped"] as const;
export interface StoredDecision extends Omit<DecisionRow, "kind" | "expected" | "state"> {
  readonly kind: DecisionKind;
  readonly expected: ExpectedEffect;
  readonly state: (typeof DECISION_STATES)[number];
}

export interface Author {
  readonly userId: string;
  readonly name: string;
}

export interface Snapshot {
  readonly watermark: Date;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly hash: string;
}

export interface ReviewRepository {
  find(month: string): Promise<StoredReview | null>;
  list(): Promise<readonly Pick<StoredReview, "month" | "state" | "signedAt">[]>;
  /** The draft of a month; made at first look. */
  open(month: string, by: string, at: Date): Promise<StoredReview>;
  /** False when it was changed since that version, or is signed. */
  saveSummary(month: string, version: number, summary: string): Promise<boolean>;
  /** One of the two signatures; with `snapshot` the review is signed for good. False as above. */
  sign(
    month: string,
    version: number,
    as: "manager" | "owner",
    by: Author,
    at: Date,
    snapshot: Snapshot | null,
  ): Promise<boolean>;
  decisions(where: { readonly month?: string; readonly openBefore?: string }): Promise<readonly StoredDecision[]>;
  findDecision(id: string): Promise<StoredDecision | null>;
  /** Withdraws the signature of whoever signed the draft. Null when the month is signed by both. */
  decide(
    decision: Omit<StoredDecision, "id" | "version" | "doneAt" | "secondBy" | "secondByName">,
  ): Promise<StoredDecision | null>;
  /** As `decide`. Null when it was changed since that version. */
  changeDecision(
    id: string,
    version: number,
    change: Partial<Pick<StoredDecision, "state" | "doneAt" | "secondBy" | "secondByName">>,
  ): Promise<StoredDecision | null>;
  impacts(from: Date, to: Date): Promise<readonly CustomerImpact[]>;
  recordImpact(
    impact: Omit<CustomerImpact, "id" | "setByName" | "setAt">,
    by: Author,
    at: Date,
  ): Promise<CustomerImpact>;
  removeImpact(id: string, at: Date): Promise<boolean>;
}

export function createReviewRepository(prisma: PrismaClient): ReviewRepository {
  return {
    async find(month) {
      const row = await prisma.review.findUnique({ where: { month } });
      return row ? toReview(row) : null;
    },
    async list() {
      const rows = await prisma.review.findMany({
        orderBy: { month: "desc" },
        select: { month: true, state: true, signedAt: true },
      });
      return rows.map((row) => ({ ...row, state: stateOf(row.state) }));
    },
    async open(month, openedBy, openedAt) {
      await prisma.review.createMany({ data: [{ month, openedBy, openedAt }], skipDuplicates: true });
      return toReview(await prisma.review.findUniqueOrThrow({ where: { month } }));
    },
    async saveSummary(month, version, summary) {
      const where = { month, version, state: "draft" };
      const data = { ...UNSIGNED, summary, version: version + 1 };
      return (await prisma.review.updateMany({ where, data })).count === 1;
    },
    async sign(month, version, as, { userId, name }, at, snapshot) {
      const signature =
        as === "manager"
          ? { signedAt: at, signedBy: userId, signedByName: name }
          : { ownerSignedAt: at, ownerSignedBy: userId, ownerSignedByName: name };
      const sealed = snapshot && {
        state: "signed",
        watermark: snapshot.watermark,
        snapshot: snapshot.bytes,
        hash: snapshot.hash,
      };
      const where = { month, version, state: "draft" };
      return (
        (await prisma.review.updateMany({ where, data: { ...signature, ...sealed, version: version + 1 } })).count === 1
      );
    },
    async decisions({ month, openBefore }) {
      const where = {
        ...(month !== undefined && { month }),
        ...(openBefore !== undefined && { month: { lt: openBefore }, state: { in: ["open", "unconfirmed"] } }),
      };
      return (await prisma.decision.findMany({ where, orderBy: [{ createdAt: "asc" }, { id: "asc" }] })).map(
        toDecision,
      );
    },
    async findDecision(id) {
      const row = isUuid(id) ? await prisma.decision.findUnique({ where: { id } }) : null;
      return row ? toDecision(row) : null;
    },
    decide: (data) =>
      prisma.$transaction(async (work) => {
        await withdrawSignature(data.month, work);
        // Seen after the lock on the draft: nothing is added to what was signed a moment ago.
        const review = await work.review.findUnique({ where: { month: data.month }, select: { state: true } });
        return review?.state === "signed" ? null : toDecision(await work.decision.create({ data }));
      }),
    changeDecision: (id, version, change) =>
      prisma.$transaction(async (work) => {
        const [row] = await work.decision.updateManyAndReturn({
          where: { id, version },
          data: { ...change, version: version + 1 },
        });
        if (row) await withdrawSignature(row.month, work);
        return row ? toDecision(row) : null;
      }),
    async impacts(from, to) {
      const where = { removedAt: null, startedAt: { gte: from, lt: to } };
      return (await prisma.impact.findMany({ where, orderBy: [{ startedAt: "asc" }, { id: "asc" }] })).map(toImpact);
    },
    recordImpact: async (impact, { userId, name }, setAt) =>
      toImpact(await prisma.impact.create({ data: { ...impact, setBy: userId, setByName: name, setAt } })),
    async removeImpact(id, removedAt) {
      if (!isUuid(id)) return false;
      return (await prisma.impact.updateMany({ where: { id, removedAt: null }, data: { removedAt } })).count === 1;
    },
  };
}

/** Of one person who signed: what they saw is no longer what the other one would sign. */
const UNSIGNED = {
  ...{ signedAt: null, signedBy: null, signedByName: null },
  ...{ ownerSignedAt: null, ownerSignedBy: null, ownerSignedByName: null },
};

/** Of a draft; a signed month keeps both. A signature that is under way then names an old version, and is refused. */
async function withdrawSignature(month: string, work: Pick<PrismaClient, "review">): Promise<void> {
  await work.review.updateMany({
    where: { month, state: "draft" },
    data: { ...UNSIGNED, version: { increment: 1 } },
  });
}

const stateOf = (state: string): StoredReview["state"] => (state === "signed" ? "signed" : "draft");
const toReview = (row: ReviewRow): StoredReview => ({ ...row, state: stateOf(row.state) });

function toDecision({ kind, expected, state, ...row }: DecisionRow): StoredDecision {
  return {
    ...row,
    kind: DecisionKind.parse(kind),
    expected: ExpectedEffect.catch(NOTHING_EXPECTED).parse(expected),
    state: DECISION_STATES.find((one) => one === state) ?? "open",
  };
}

const NOTHING_EXPECTED = { pages: null, wakeUps: null, personMinutes: null, words: "" };

function toImpact({ setBy: _setBy, removedAt: _removedAt, firstDetector, ...row }: ImpactRow): CustomerImpact {
  return { ...row, firstDetector: FirstDetector.catch("unknown").parse(firstDetector) };
}
