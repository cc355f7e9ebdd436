/** Connected sources over the API: read and changed by who administers, every change on record, secrets write-only. */
import "server-only";
import { configuration } from "@/lib/config/load-configuration";
import type { SourceChange, SourceDraft, SourceList, SourceView } from "@/lib/contract/source";
import type { Principal } from "@/lib/domain/principal";
import { sourceId } from "@/lib/domain/source-id";
import type { StoredSource } from "@/lib/domain/stored-source";
import { takeToken } from "@/lib/identity/rate-limit";
import { requireFreshProof } from "@/lib/identity/require-fresh-proof";
import { ProblemError } from "@/lib/platform/problem-error";
import { store } from "@/lib/store/open-store";
import type { SourceRefusal } from "@/lib/store/source-repository";
import { readSourceDraft } from "./read-source-draft";
import { requireAbility } from "./resolve-access";
import { settingsInForce } from "@/lib/timeline/source-pool";
import { pollViews } from "./poll-views";
import { sourceViews, viewOfStored } from "./source-views";

const MAX_SOURCES = 100;

/** Throws `ProblemError("forbidden")` for roles that do not administer; so do all below. */
export async function listSources(principal: Principal): Promise<SourceList> {
  await requireAbility(principal, "administer");
  const { sources, polls } = await store();
  const [{ sources: stored }, outcomes] = await Promise.all([sources.list(), polls.outcomes()]);
  const { sources: provisioned, alerts: settings } = configuration();
  const inForce = [...provisioned, ...stored.flatMap((one) => settingsInForce(one) ?? [])];
  return {
    sources: sourceViews(provisioned, stored),
    polls: pollViews(inForce, outcomes, settings, new Date()),
  };
}

/**
 * Throws `ProblemError`: `step-up-required` without a recent sign-in, `rate-limited`, `bad-request` naming the field and
 * what was expected, `conflict` for a name in use.
 */
export async function createSource(principal: Principal, draft: SourceDraft, now = new Date()): Promise<SourceView> {
  await mayChange(principal, now);
  const { settings, secrets } = readSourceDraft(draft, undefined);
  if (configuration().sources.some(({ kind, name }) => kind === draft.kind && name === draft.name)) {
    const detail = "Expected another name: a provisioned source has this one, and cannot be changed here.";
    throw new ProblemError("conflict", { field: "name", detail });
  }
  const { sources } = await store();
  if ((await sources.list()).sources.length >= MAX_SOURCES) {
    throw new ProblemError("conflict", { detail: `Expected at most ${String(MAX_SOURCES)} sources of this page.` });
  }
  const made = accepted(await sources.create(settings, secrets, authorOf(principal)));
  await audit(principal, "create", made);
  return viewOfStored(made);
}

/** Throws as `createSource`, and `conflict` when somebody changed it since `version`, `not-found` when it is gone. */
export async function changeSource(
  principal: Principal,
  id: string,
  change: SourceChange,
  now = new Date(),
): Promise<SourceView> {
  await mayChange(principal, now);
  const { source: draft, version } = change;
  const { sources } = await store();
  const before = await sources.find(id);
  if (!before) throw new ProblemError("not-found", { detail: GONE });
  if (before.version !== version) throw new ProblemError("conflict", { detail: STALE });
  if (before.kind !== draft.kind || before.name !== draft.name) {
    const field = before.kind === draft.kind ? "name" : "kind";
    const detail = "Expected what it was: rows and rules name a source by it. Remove this source and connect another.";
    throw new ProblemError("conflict", { field, detail });
  }
  const wish = readSourceDraft(draft, before);
  const changed = accepted(await sources.update(id, version, wish, authorOf(principal)));
  await audit(principal, "change", changed, changedSecrets(draft));
  return viewOfStored(changed, isProvisioned(changed));
}

/** Throws as `changeSource`. */
export async function removeSource(principal: Principal, id: string, version: number, now = new Date()): Promise<void> {
  await mayChange(principal, now);
  if (!Number.isInteger(version) || version < 1) {
    throw new ProblemError("bad-request", {
      field: "version",
      detail: "Expected the version of the source to remove.",
    });
  }
  await audit(principal, "remove", accepted(await (await store()).sources.remove(id, version)));
}

/** A source is where credentials go and answers come from: who changes one proved just now who they are. */
async function mayChange(principal: Principal, now: Date): Promise<void> {
  await requireAbility(principal, "administer");
  requireFreshProof(principal, now);
  await takeToken("source", principal.userId, now);
}

function isProvisioned({ kind, name }: StoredSource): boolean {
  return configuration().sources.some((one) => one.kind === kind && one.name === name);
}

const GONE = "There is no such source; somebody may have removed it.";
const STALE = "Somebody changed this source since you opened it.";

function accepted(result: StoredSource | SourceRefusal): StoredSource {
  if (typeof result === "object") return result;
  switch (result) {
    case "missing":
      throw new ProblemError("not-found", { detail: GONE });
    case "stale":
      throw new ProblemError("conflict", { detail: STALE });
    case "taken":
      throw new ProblemError("conflict", { field: "name", detail: "Expected another name: a source has this one." });
  }
}

function authorOf({ userId, displayName }: Principal) {
  return { userId, name: displayName };
}

/** Which secrets were given anew or cleared; never what they are. */
function changedSecrets({ token, password }: SourceDraft): string[] {
  return [...(token === undefined ? [] : ["token"]), ...(password === undefined ? [] : ["password"])];
}

async function audit(
  principal: Principal,
  verb: "create" | "change" | "remove",
  { id, kind, name, version, secrets }: StoredSource,
  touched: readonly string[] = secrets === "locked" ? [] : Object.keys(secrets),
): Promise<void> {
  const { userId: actor, role } = principal;
  const detail = { sourceId: id, source: sourceId(kind, name), version, secrets: [...touched] };
  await (await store()).audit.append({ actor, role, action: `source.${verb}`, detail });
}
