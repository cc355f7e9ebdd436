/** Making, listing and ending links to timelines. */
import "server-only";
import type { z } from "zod";
import { mayDo, requireAbility, accessOf } from "@/lib/access/resolve-access";
import {
  createShareLink,
  listShareLinks,
  revokeShareLink,
  type ListedShareLink,
  type SharedQuestion,
} from "@/lib/access/share-links";
import { audiences, refuseWhileRevealed, requireAudience } from "@/lib/access/shared-access";
import type { IssuedShareLink, NewShareLink, ShareLinkList, ShareLinkView } from "@/lib/contract/share-link";
import { keyId } from "@/lib/domain/correlation-key";
import { toRfc3339Nano } from "@/lib/domain/epoch-ns";
import type { Principal } from "@/lib/domain/principal";
import { redactAskedKeys } from "@/lib/redact/redact-asked-keys";
import { createRedactionContext, type RedactionContext } from "@/lib/redact/redaction-context";
import { incidentDigest } from "./incident-digest";
import { keyReaderFor } from "./key-reader";
import { parseQuestion } from "./parse-question";
import { rememberStandIns } from "./stand-ins";
import { freshTimelineDeps } from "./timeline-deps";

/** Throws `ProblemError`: `forbidden` for roles that may not share, and while a reveal is in force; `bad-request`. */
export async function shareTimeline(principal: Principal, wish: NewShareLink): Promise<IssuedShareLink> {
  await requireAbility(principal, "share");
  await requireAbility(principal, "ask");
  const deps = await freshTimelineDeps();
  const asked = await parseQuestion(parametersOf(wish), deps, await keyReaderFor(principal, deps));
  const audience = await requireAudience(wish.audience);
  const incident = incidentDigest(asked.keys, deps.redaction.idKey);
  const now = new Date();
  refuseWhileRevealed(await accessOf(principal, incident, now));
  const question = {
    keys: asked.keys.map(keyId),
    from: toRfc3339Nano(asked.window.fromNs),
    to: toRfc3339Nano(asked.window.toNs),
    widen: [...(asked.widen ?? [])],
  };
  const { token, link } = await createShareLink(principal, { question, incident, audience, hours: wish.hours }, now);
  const [view] = await viewsOf(principal, [{ link, state: "live", maker: null, question }], false);
  if (!view) throw new Error("a link that was made has a view");
  return { ...view, token, path: `/shared/${token}` };
}

/** Newest first. Throws `ProblemError("forbidden")` when somebody who does not administer asks for everybody's. */
export async function shareLinks(principal: Principal, everybody: boolean): Promise<z.infer<typeof ShareLinkList>> {
  if (everybody) await requireAbility(principal, "administer");
  const { links, total } = await listShareLinks(principal, everybody, new Date());
  return { links: await viewsOf(principal, links, everybody), total, audiences: [...(await audiences())] };
}

/** One's own, or anybody's for those who administer. Throws `ProblemError("not-found")`. */
export async function endShareLink(principal: Principal, linkId: string): Promise<void> {
  await revokeShareLink(principal, linkId, await mayDo(principal, "administer"));
}

/** Ids as the reader of the list reads them, which is not always as they were when the link was made. */
async function viewsOf(
  reader: Principal,
  links: readonly ListedShareLink[],
  everybody: boolean,
): Promise<ShareLinkView[]> {
  const deps = await freshTimelineDeps();
  const context = createRedactionContext(deps.redaction, await accessOf(reader, "", new Date()));
  const views = links.map(({ link, state, maker, question }) => {
    const { id, prefix, createdAs, audience, opened } = link;
    return {
      ...{ id, prefix, state, createdAs, audience, opened },
      ...(question && { question: questionView(question, context) }),
      ...(everybody && maker && { by: maker.name }),
      createdAt: link.createdAt.toISOString(),
      expiresAt: link.expiresAt.toISOString(),
      revokedAt: link.revokedAt?.toISOString() ?? null,
      lastOpenedAt: link.lastOpenedAt?.toISOString() ?? null,
    };
  });
  await rememberStandIns(context.givenOut);
  return views;
}

function questionView({ keys, from, to }: SharedQuestion, context: RedactionContext) {
  return { keys: redactAskedKeys(keys, context), from, to };
}

function parametersOf({ keys, from, to, widen = [] }: NewShareLink): URLSearchParams {
  const parameters = new URLSearchParams(keys.map((key) => ["key", key]));
  for (const key of widen) parameters.append("widen", key);
  if (from !== undefined) parameters.set("from", from);
  if (to !== undefined) parameters.set("to", to);
  return parameters;
}
