/** What the road needs from the installation, built once per process from its configuration. */
import "server-only";
import type { Configuration, Limits } from "@/lib/domain/configuration";
import { configuration } from "@/lib/config/load-configuration";
import type { ExpansionRule } from "@/lib/domain/key-rule";
import type { SourceId } from "@/lib/domain/source-id";
import type { SourceSettings } from "@/lib/domain/source-settings";
import { compileCanonicalNames } from "@/lib/normalize/canonical-names";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { compileSentenceBook } from "@/lib/normalize/describe-event";
import { createSourceHttp } from "@/lib/platform/create-source-http";
import { deriveKey } from "@/lib/platform/installation-key";
import { observeSourceRequest } from "@/lib/platform/metrics";
import { compileFieldCatalog } from "@/lib/redact/field-catalog";
import { DEFAULT_POLICY } from "@/lib/redact/policy";
import { createPseudonymizer } from "@/lib/redact/pseudonym";
import type { RedactionSettings } from "@/lib/redact/redaction-context";
import { createSources } from "@/lib/sources/registry";
import type { EventSource } from "@/lib/sources/source";
import type { ReadingRules } from "@/lib/stitch/read-records";

export interface TimelineDeps {
  readonly sources: ReadonlyMap<SourceId, EventSource>;
  readonly reading: ReadingRules;
  readonly expansion: readonly ExpansionRule[];
  readonly limits: Limits;
  readonly redaction: RedactionSettings;
  readonly canonicalName: (rawService: string) => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Between two looks of a live question; ends early when the signal fires. A timer when absent. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const SLOT = Symbol.for("throughline.timeline-deps");
const holder: typeof globalThis & { [SLOT]?: TimelineDeps } = globalThis;

/** One per process: circuit breakers and queues only protect a source when every request shares them. */
export function timelineDeps(): TimelineDeps {
  holder[SLOT] ??= createTimelineDeps(configuration(), {
    pseudonymKey: deriveKey("pseudonym"),
    idKey: deriveKey("row-id"),
  });
  return holder[SLOT];
}

export function createTimelineDeps(
  settings: Configuration,
  keys: { readonly pseudonymKey: Buffer; readonly idKey: Buffer },
  now: () => number = Date.now,
): TimelineDeps {
  const keyRules = compileKeyRules(settings.keys);
  const names = compileCanonicalNames(settings.services, settings.environments);
  const sources = createSources(settings.sources, { createHttp, keyRules: settings.keys, now });
  return {
    sources: new Map(sources.map((source) => [source.id, source])),
    reading: { keys: keyRules, names, sentences: compileSentenceBook(settings.sentences) },
    expansion: settings.expansion,
    limits: settings.limits,
    redaction: {
      policy: DEFAULT_POLICY,
      fields: compileFieldCatalog(settings.fields, keyRules),
      keyRules,
      pseudonyms: createPseudonymizer(keys.pseudonymKey),
      idKey: keys.idKey,
      displayName: (name) => {
        const service = names.service(name);
        return service.listed ? service.displayName : "a service";
      },
    },
    canonicalName: (raw) => names.service(raw).name,
    now,
  };
}

function createHttp(source: SourceSettings) {
  const { username, password, token, tenant } = source;
  return createSourceHttp({
    sourceId: `${source.kind}/${source.name}`,
    baseUrl: source.url,
    ...(username !== undefined && password !== undefined
      ? { auth: { username, password } }
      : token === undefined
        ? {}
        : { auth: { token } }),
    ...(tenant === undefined ? {} : { tenant: { header: source.tenantHeader, value: tenant } }),
    allowPrivateAddress: source.allowPrivateAddress,
    metrics: observeSourceRequest,
  });
}
