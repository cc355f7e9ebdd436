/** Tests the connection of a source: whether it answers as its kind does, and how fast. No word of its answer leaves. */
import "server-only";
import { rememberProbe } from "@/lib/access/last-probes";
import { readSourceDraft } from "@/lib/access/read-source-draft";
import { requireAbility } from "@/lib/access/resolve-access";
import { configuration } from "@/lib/config/load-configuration";
import { assertNever } from "@/lib/domain/assert-never";
import type { SourceDraft, SourceProbe, SourceTest } from "@/lib/contract/source";
import type { Principal } from "@/lib/domain/principal";
import { sourceId } from "@/lib/domain/source-id";
import type { SourceSettings } from "@/lib/domain/source-settings";
import { ProblemError } from "@/lib/platform/problem-error";
import type { SourceHttp, SourceHttpResult } from "@/lib/platform/source-http";
import { openSourceHttp } from "@/lib/sources/open-source-http";
import { createSources } from "@/lib/sources/registry";
import { store } from "@/lib/store/open-store";
import { settingsInForce } from "./source-pool";

interface Tested {
  readonly settings: SourceSettings;
  /** Undefined for a draft: its test is not remembered. */
  readonly version: number | null | undefined;
}

/** Throws `ProblemError`: `forbidden`, `not-found` for an unknown source, `bad-request` for a draft that is not in order. */
export async function testSource(principal: Principal, wish: SourceTest, signal: AbortSignal): Promise<SourceProbe> {
  await requireAbility(principal, "administer");
  const { settings, version } = wish.draft ? await drafted(wish.draft, wish.id) : await connected(wish.source);
  const source = sourceId(settings.kind, settings.name);
  const probe = await probeSource(settings, signal);
  if (version !== undefined) rememberProbe(source, version, probe);
  const { userId: actor, role } = principal;
  const detail = { source, draft: version === undefined, result: probe.failure ?? "ok" };
  await (await store()).audit.append({ actor, role, action: "source.test", detail });
  return probe;
}

async function connected(id: string | undefined): Promise<Tested> {
  const provisioned = configuration().sources.find(({ kind, name }) => sourceId(kind, name) === id);
  if (provisioned) return { settings: provisioned, version: null };
  const { sources } = await (await store()).sources.list();
  const stored = sources.find(({ kind, name }) => sourceId(kind, name) === id);
  if (!stored) throw new ProblemError("not-found", { detail: "There is no such source." });
  const settings = settingsInForce(stored);
  if (settings) return { settings, version: stored.version };
  throw new ProblemError("conflict", { detail: "Its settings or credentials cannot be read, so it was not asked." });
}

async function drafted(draft: SourceDraft, id: string | undefined): Promise<Tested> {
  const stored = id === undefined ? undefined : await (await store()).sources.find(id);
  if (id !== undefined && !stored) throw new ProblemError("not-found", { detail: "There is no such source." });
  const { settings, secrets } = readSourceDraft(draft, stored);
  return { settings: { ...settings, ...secrets }, version: undefined };
}

/** With a client of its own, so that the breaker in force neither answers nor learns from a test. */
export async function probeSource(
  settings: SourceSettings,
  signal: AbortSignal,
  openHttp: typeof openSourceHttp = openSourceHttp,
): Promise<SourceProbe> {
  const client = openHttp(settings);
  const failures: Extract<SourceHttpResult, { ok: false }>[] = [];
  const http: SourceHttp = {
    async send(...request) {
      const result = await client.send(...request);
      if (!result.ok) failures.push(result);
      return result;
    },
  };
  try {
    const [source] = createSources([settings], { createHttp: () => http, keyRules: () => [], now: Date.now });
    const result = await source?.probe(signal);
    const elapsedMs = Math.round(result?.elapsedMs ?? 0);
    const at = new Date().toISOString();
    if (result?.ok) return { ok: true, failure: null, elapsedMs, at };
    return { ok: false, failure: failureOf(failures.at(-1)), elapsedMs, at };
  } finally {
    await client.close();
  }
}

/** Without a failed request the answer came and was not understood. */
function failureOf(failed: Extract<SourceHttpResult, { ok: false }> | undefined): SourceProbe["failure"] {
  if (failed === undefined) return "unreadable";
  switch (failed.kind) {
    case "status":
      if (failed.status === 401 || failed.status === 403) return "denied";
      return failed.status === 404 ? "not-found" : "status";
    case "timeout":
    case "aborted":
      return "timeout";
    case "too-large":
    case "cut-off":
      return "unreadable";
    case "refused":
    case "busy":
      return "refused";
    default:
      return assertNever(failed.kind);
  }
}
