/**
 * Links to one timeline. A link carries a question and the right of nobody: who opens it sees what their own role, its
 * maker's role as it is now and the role it was made for may all see. It dies with its time, by revoking, and with its
 * maker's standing.
 */
import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Principal } from "@/lib/domain/principal";
import type { Role } from "@/lib/domain/role";
import type { StoredShareLink } from "@/lib/domain/stored-share-link";
import { ProblemError } from "@/lib/platform/problem-error";
import { SealBrokenError, sealer } from "@/lib/platform/seal";
import { store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { createShareToken, hashShareToken, isShareToken, shareTokenPrefix } from "./share-token";

/** What a link asks. Times are absolute: the link shows the same window tomorrow. */
export const SharedQuestion = z.strictObject({
  keys: z.array(z.string()).min(1),
  from: z.string(),
  to: z.string(),
  widen: z.array(z.string()),
});
export type SharedQuestion = z.infer<typeof SharedQuestion>;

export interface NewLink {
  readonly question: SharedQuestion;
  /** Keyed digest of the incident's asked keys. */
  readonly incident: string;
  readonly audience: Role | null;
  readonly hours: number;
}

/** A link that may be opened now. */
export interface LiveShareLink {
  readonly link: StoredShareLink;
  readonly question: SharedQuestion;
  /** Its maker in the role it was made in, as they stand now. */
  readonly maker: Principal;
}

const HOUR_MS = 3_600_000;

/** The token is in this answer only. The caller has checked that the principal may share. */
export async function createShareLink(
  principal: Principal,
  { question, incident, audience, hours }: NewLink,
  now: Date,
): Promise<{ token: string; link: StoredShareLink }> {
  const token = createShareToken();
  const id = randomUUID();
  const { shareLinks, audit } = await store();
  const { userId: actor, role } = principal;
  // First: a link that is not on record must not exist. A record without its link tells of an attempt.
  const detail = { linkId: id, hours, ...(audience !== null && { audience }) };
  await audit.append({ actor, role, action: "share.create", incident, detail });
  const link = await shareLinks.create({
    id,
    hash: hashShareToken(token),
    prefix: shareTokenPrefix(token),
    createdBy: actor,
    createdAs: role,
    audience,
    incident,
    question: questionSealer().seal(JSON.stringify(question), placeOf(id)),
    expiresAt: new Date(now.getTime() + hours * HOUR_MS),
  });
  return { token, link };
}

/**
 * Throws `ProblemError("not-found")`, in the same words whether the link never was, is over, was revoked or has lost its
 * maker: what a link once was is nobody's business.
 */
export async function findShareLink(token: string, now: Date): Promise<LiveShareLink> {
  if (!isShareToken(token)) throw new ProblemError("not-found");
  const { shareLinks, users } = await store();
  const link = await shareLinks.findByHash(hashShareToken(token));
  const maker = link && (await users.findById(link.createdBy));
  if (!link || !maker || stateOf(link, maker, now) !== "live") throw new ProblemError("not-found");
  const question = unsealed(link);
  if (!question) throw new ProblemError("not-found");
  return { link, question, maker: principalOf(maker, link.createdAs) };
}

export async function noteOpening(viewer: Principal, { link }: LiveShareLink, now: Date): Promise<void> {
  const { shareLinks, audit } = await store();
  const { userId: actor, role } = viewer;
  await audit.append({ actor, role, action: "share.open", incident: link.incident, detail: { linkId: link.id } });
  await shareLinks.noteOpening(link.id, now);
}

export interface ListedShareLink {
  readonly link: StoredShareLink;
  readonly state: ShareLinkState;
  /** Null when its maker is gone. */
  readonly maker: User | null;
  /** Undefined when it cannot be opened any more. */
  readonly question: SharedQuestion | undefined;
}

export interface ShareLinkListing {
  readonly links: readonly ListedShareLink[];
  /** Of all that there are. */
  readonly total: number;
}

const MOST_LISTED = 500;

/** Newest first. `everybody`: for those who administer, which the caller has checked. */
export async function listShareLinks(principal: Principal, everybody: boolean, now: Date): Promise<ShareLinkListing> {
  const { shareLinks, users } = await store();
  const { links, total } = await shareLinks.list(MOST_LISTED, everybody ? undefined : principal.userId);
  const makers = new Map<string, User | null>();
  for (const { createdBy } of links) {
    if (!makers.has(createdBy)) makers.set(createdBy, await users.findById(createdBy));
  }
  const listed = links.map((link) => {
    const maker = makers.get(link.createdBy) ?? null;
    return { link, state: stateOf(link, maker, now), maker, question: unsealed(link) };
  });
  return { links: listed, total };
}

/** By its maker, or by anybody who administers. Throws `ProblemError("not-found")` for a link that is not theirs to end. */
export async function revokeShareLink(principal: Principal, linkId: string, everybody: boolean): Promise<void> {
  const { shareLinks, audit } = await store();
  const { userId: actor, role } = principal;
  const maker = everybody ? undefined : actor;
  if (!(await shareLinks.canRevoke(linkId, maker))) throw new ProblemError("not-found");
  await audit.append({ actor, role, action: "share.revoke", detail: { linkId } });
  // Of two at once both are on record, and one is told that it is over already.
  if (!(await shareLinks.revoke(linkId, new Date(), maker))) throw new ProblemError("not-found");
}

export type ShareLinkState = "live" | "expired" | "revoked" | "dead";

function stateOf(link: StoredShareLink, maker: User | null, now: Date): ShareLinkState {
  if (link.revokedAt !== null) return "revoked";
  if (link.expiresAt <= now) return "expired";
  const isGood = maker !== null && maker.disabledAt === null && maker.roles.includes(link.createdAs);
  return isGood ? "live" : "dead";
}

function principalOf({ id: userId, name: displayName, email, teams }: User, role: Role): Principal {
  return { userId, displayName, email, role, teams, via: "session" };
}

function questionSealer() {
  return sealer("share_links.question");
}

function placeOf(id: string) {
  return { table: "share_links", id, column: "question" };
}

/** A key that is gone takes the questions with it; the list goes on. */
function unsealed(link: StoredShareLink): SharedQuestion | undefined {
  try {
    return SharedQuestion.parse(JSON.parse(questionSealer().unseal(link.question, placeOf(link.id))));
  } catch (error) {
    if (error instanceof SealBrokenError) return undefined;
    throw error;
  }
}
