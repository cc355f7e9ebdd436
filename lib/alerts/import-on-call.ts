/** A file of an on-call tool: checked or taken, through one way for the page, the API and the command line. */
import "server-only";
import { requireAbility } from "@/lib/access/resolve-access";
import { configuration } from "@/lib/config/load-configuration";
import type { ImportKind, ImportResult } from "@/lib/contract/on-call";
import { FILE_SOURCE } from "@/lib/domain/on-call";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { store, type Store } from "@/lib/store/open-store";
import { takeOnCallFeed } from "./on-call";
import { readOnCallCsv } from "./read-on-call-csv";
import { toFeed } from "./to-feed";

/** Enough to see what is wrong with all of them. */
const REFUSED_SHOWN = 100;

export interface ImportWish {
  readonly what: ImportKind;
  /** Name of the hook that the tool also tells through; undefined for a tool without one. */
  readonly hook: string | undefined;
  readonly text: string;
  /** Nothing is written. */
  readonly checkOnly: boolean;
}

/** Throws `ProblemError`: `forbidden`, else as `takeFile`. */
export async function importOnCall(principal: Principal, wish: ImportWish): Promise<ImportResult> {
  await requireAbility(principal, "administer");
  return takeFile({ actor: principal.userId, role: principal.role }, wish, await store());
}

/**
 * Takes every line that can be read, all of them or none, and names the others. Throws `ProblemError("bad-request")` when
 * nothing of the file can be read, or the hook is none of an on-call tool.
 */
export async function takeFile(
  { actor, role }: { readonly actor: string; readonly role: string },
  { what, hook, text, checkOnly }: ImportWish,
  opened: Pick<Store, "onCall" | "alertHooks" | "audit">,
): Promise<ImportResult> {
  const source = await sourceOf(hook, opened);
  const read = readOnCallCsv(what, text);
  if ("detail" in read) throw new ProblemError("bad-request", read);
  const { feed, refused } = read;
  const rows = feed[what].length;
  const known = rows - (await opened.onCall.countNew(source, what, toFeed(feed)));
  const counts = { what, source, rows, new: rows - known, known, refused: refused.length };
  const result = { ...counts, checked: checkOnly, matched: 0, refusedLines: refused.slice(0, REFUSED_SHOWN) };
  if (checkOnly || rows === 0) return result;
  await opened.audit.append({ actor, role, action: "on-call.import", detail: counts });
  return { ...result, matched: await takeOnCallFeed(source, feed, opened) };
}

/** Names of the hooks of on-call tools, of the file and of the page, by name. */
export async function onCallHooks({ alertHooks }: Pick<Store, "alertHooks">): Promise<readonly string[]> {
  const all = [...configuration().webhooks, ...(await alertHooks.list())].filter(({ kind }) => kind === "oncall");
  return [...new Set(all.map(({ name }) => name))].sort();
}

async function sourceOf(hook: string | undefined, opened: Pick<Store, "alertHooks">): Promise<string> {
  if (hook === undefined) return FILE_SOURCE;
  const names = await onCallHooks(opened);
  if (names.includes(hook)) return `oncall/${hook}`;
  const known = names.length === 0 ? "There is none yet." : `There is ${names.join(", ")}.`;
  throw new ProblemError("bad-request", { field: "source", detail: `Expected the name of an on-call hook. ${known}` });
}
