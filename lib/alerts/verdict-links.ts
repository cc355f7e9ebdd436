/** Links by which one person judges one episode from wherever the page reached them. Opening one changes nothing. */
import "server-only";
import { createHash, randomBytes } from "node:crypto";
import type { EpisodeView, LinkVerdict, NewVerdictLink } from "@/lib/contract/alerts";
import type { Principal } from "@/lib/domain/principal";
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

/** For an episode that the maker reads, to somebody with an account. Throws `ProblemError`: `forbidden`, `not-found`. */
export async function createVerdictLink(
  principal: Principal,
  { episode, email }: NewVerdictLink,
): Promise<{ url: string; expiresAt: string }> {
  const reader = await alertReader(principal, "judge-alerts");
  const { verdicts, verdictLinks, users, audit } = await store();
  const [found] = await verdicts.episodes([episode]);
  const user = await users.findByEmail(email);
  if (!found || !reader.reads(found) || !user) throw new ProblemError("not-found");
  await audit.append({
    actor: principal.userId,
    role: principal.role,
    action: "alert.invite-judge",
    detail: { userId: user.id },
  });
  const token = randomBytes(24).toString("base64url");
  const expiresAt = new Date(Date.now() + DAYS * 24 * 3_600_000);
  await verdictLinks.create({ hash: digestOf(token), episodeId: episode, userId: user.id, expiresAt });
  return { url: `${env().NEXTAUTH_URL ?? ""}/judge/${token}`, expiresAt: expiresAt.toISOString() };
}

/** The episode as its judge may read it; null for a link that is unknown, used, over, or whose judge may judge no more. */
export async function readVerdictLink(token: string): Promise<Redacted<EpisodeView> | null> {
  const open = await openLink(token);
  if (!open) return null;
  const [evidence] = await open.reader.evidenceOf([open.found]);
  return evidence ? redactOneEpisode(evidence, open.reader.context) : null;
}

/** Works once. Throws `ProblemError("not-found")`. */
export async function judgeThroughLink(token: string, { verdict, reason, note }: LinkVerdict): Promise<void> {
  const open = await openLink(token);
  if (!open) throw new ProblemError("not-found");
  const { link, judge, found } = open;
  const { verdicts, verdictLinks, audit } = await store();
  const { userId: by, displayName: byName, role } = judge;
  await audit.append({ actor: by, role, action: "alert.judge", detail: { episodes: 1, verdict, via: "link" } });
  const now = new Date();
  if (!(await verdictLinks.use(link.id, now))) throw new ProblemError("not-found");
  const { id: episodeId, rule } = found.episode;
  await verdicts.add([{ episodeId, rule, verdict, reason, note, by, byName, via: "link", createdAt: now }]);
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
