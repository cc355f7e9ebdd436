/** Links by which a person judges one episode from wherever the page reached them. Opening one changes nothing. */
import "server-only";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { EpisodeView, LinkVerdict, NewVerdictLink } from "@/lib/contract/alerts";
import type { Principal } from "@/lib/domain/principal";
import { giveTokenBack, takeToken, tryToken } from "@/lib/identity/rate-limit";
import { env } from "@/lib/platform/env";
import { ProblemError } from "@/lib/platform/problem-error";
import { redactOneEpisode } from "@/lib/redact/redact-episodes";
import type { Redacted } from "@/lib/redact/redacted";
import { store } from "@/lib/store/open-store";
import type { StoredVerdictLink } from "@/lib/store/verdict-link-repository";
import type { LabelledEpisode } from "@/lib/store/labelled-episodes";
import { mayDo } from "@/lib/access/resolve-access";
import { alertReader, type AlertReader } from "./alert-reader";

const DAYS = 7;
const TOKEN = /^[\w-]{32}$/;

/**
 * A link by which one's own verdict on one episode can be given without signing in. Whoever makes it holds it, and who holds
 * it judges in that person's name: only who administers makes one for somebody else, for a script that writes into on-call
 * messages. Throws `ProblemError`: `forbidden`, and `not-found` for an episode that the maker does not read or nobody's address.
 */
export async function createVerdictLink(
  principal: Principal,
  { episode, email }: NewVerdictLink,
): Promise<{ url: string; expiresAt: string }> {
  const isOwn = email === undefined || email.toLowerCase() === principal.email.toLowerCase();
  const reader = await alertReader(principal, isOwn ? "judge-alerts" : "administer");
  const { verdicts, verdictLinks, users, audit } = await store();
  const [found] = await verdicts.episodes([episode]);
  const judge = isOwn ? principal.userId : (await users.findByEmail(email))?.id;
  if (!found || !reader.reads(found) || judge === undefined) throw new ProblemError("not-found");
  const id = randomUUID();
  const { userId: actor, role } = principal;
  await audit.append({ actor, role, action: "alert.make-link", detail: { linkId: id, userId: judge } });
  const token = randomBytes(24).toString("base64url");
  const expiresAt = new Date(Date.now() + DAYS * 24 * 3_600_000);
  await verdictLinks.create({ id, hash: digestOf(token), episodeId: episode, userId: judge, expiresAt });
  return { url: `${env().NEXTAUTH_URL ?? ""}/judge/${token}`, expiresAt: expiresAt.toISOString() };
}

/**
 * The episode as its judge may read it; null for a link that is unknown, used, over, or whose judge may judge no more, and for
 * an `address` that looked and judged too often.
 */
export async function readVerdictLink(token: string, address: string): Promise<Redacted<EpisodeView> | null> {
  if (!(await tryToken("judge-link", address, new Date()))) return null;
  const open = await openLink(token);
  if (!open) return null;
  await giveTokenBack("judge-link", address);
  const [evidence] = await open.reader.evidenceOf([open.found]);
  return evidence ? redactOneEpisode(evidence, open.reader.context) : null;
}

/**
 * Works once. `address`: the network address it comes from, which is counted; what opens something gives its try back, so that
 * an office behind one address is not held up. Throws `ProblemError`: `rate-limited`, `not-found`.
 */
export async function judgeThroughLink(
  token: string,
  { verdict, reason, note }: LinkVerdict,
  address: string,
): Promise<void> {
  await takeToken("judge-link", address);
  const open = await openLink(token);
  if (!open) throw new ProblemError("not-found");
  const { link, judge, found } = open;
  const { verdictLinks, audit } = await store();
  const { userId: by, displayName: byName, role } = judge;
  const detail = { episodes: 1, verdict, via: "link", linkId: link.id };
  await audit.append({ actor: by, role, action: "alert.judge", detail });
  const createdAt = new Date();
  const { id: episodeId, rule } = found.episode;
  const given = { episodeId, rule, verdict, reason, note, by, byName, via: "link", createdAt } as const;
  if (!(await verdictLinks.judge(link.id, given))) throw new ProblemError("not-found");
  await giveTokenBack("judge-link", address);
}

async function openLink(token: string): Promise<OpenLink | null> {
  if (!TOKEN.test(token)) return null;
  const { verdictLinks, users, verdicts } = await store();
  const link = await verdictLinks.find(digestOf(token));
  if (!link || link.usedAt !== null || link.expiresAt <= new Date()) return null;
  const [user, [found]] = await Promise.all([users.findById(link.userId), verdicts.episodes([link.episodeId])]);
  if (!user || user.disabledAt !== null || !found) return null;
  const judge: Principal = {
    userId: user.id,
    displayName: user.name,
    email: user.email,
    role: user.role,
    teams: user.teams,
    via: "token",
  };
  if (!(await mayDo(judge, "judge-alerts"))) return null;
  const reader = await alertReader(judge, "judge-alerts");
  return reader.reads(found) ? { link, judge, found, reader } : null;
}

interface OpenLink {
  readonly link: StoredVerdictLink;
  readonly judge: Principal;
  readonly found: LabelledEpisode;
  readonly reader: AlertReader;
}

const digestOf = (token: string): string => createHash("sha256").update(token).digest("hex");
