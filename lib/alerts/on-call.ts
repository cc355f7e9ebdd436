/** What feeds and files tell of people, shifts and pages. */
import "server-only";
import { requireAbility } from "@/lib/access/resolve-access";
import type { ImportKind, ImportResult, OnCallFeed, ResponderList } from "@/lib/contract/on-call";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { store, type Store } from "@/lib/store/open-store";
import { readOnCallCsv } from "./read-on-call-csv";
import { toFeed } from "./to-feed";

/** Pages that came before their episode was known are looked at again for so long. */
const REMATCH_MS = 3 * 24 * 3_600_000;
/** Files of different names must not overwrite each other's rows: their ids are the feed's own, whatever the way. */
const FILE_SOURCE = "on-call/file";

/** Applies one delivery of the feed; telling it again changes nothing. Returns how many pages found their episode. */
export async function takeOnCallFeed(
  source: string,
  feed: OnCallFeed,
  { onCall }: Pick<Store, "onCall">,
): Promise<number> {
  await onCall.take(source, toFeed(feed));
  return onCall.match(new Date(Date.now() - REMATCH_MS));
}

/** One file, all or nothing. Throws `ProblemError`: `forbidden`, `bad-request` naming line and column. */
export async function importOnCall(principal: Principal, what: ImportKind, text: string): Promise<ImportResult> {
  await requireAbility(principal, "administer");
  const opened = await store();
  const { userId: actor, role } = principal;
  const feed = readOnCallCsv(what, text);
  if ("detail" in feed) throw new ProblemError("bad-request", feed);
  const rows = feed[what].length;
  await opened.audit.append({ actor, role, action: "on-call.import", detail: { what, rows } });
  return { rows, matched: await takeOnCallFeed(FILE_SOURCE, feed, opened) };
}

/** Everybody whom feeds named. Throws `ProblemError("forbidden")`. */
export async function listResponders(principal: Principal): Promise<ResponderList> {
  await requireAbility(principal, "administer");
  const { onCall } = await store();
  return {
    responders: (await onCall.responders()).map(({ id, handle, name, team, userId, zones }) => ({
      ...{ id, handle, name, team, signsIn: userId !== null },
      zones: zones.map(({ zone, validFrom }) => ({ zone, from: validFrom.toISOString() })),
    })),
  };
}
