/** What the road needs from the installation: built once per process from its configuration, key rules kept current. */
import "server-only";
import { policyInForce } from "@/lib/access/policy-in-force";
import type { Configuration, Limits } from "@/lib/domain/configuration";
import { configuration, type LoadedConfiguration } from "@/lib/config/load-configuration";
import { mergeKeyRules } from "@/lib/config/merge-rules";
import type { ExpansionRule, KeyRule } from "@/lib/domain/key-rule";
import type { PolicyDocument, PolicyInForce } from "@/lib/domain/policy";
import type { SourceId } from "@/lib/domain/source-id";
import { compileCanonicalNames } from "@/lib/normalize/canonical-names";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { compileSentenceBook } from "@/lib/normalize/describe-event";
import { compileFieldCatalog } from "@/lib/redact/field-catalog";
import { DEFAULT_POLICY } from "@/lib/redact/policy";
import { createPseudonymizer } from "@/lib/redact/pseudonym";
import type { RedactionSettings } from "@/lib/redact/redaction-context";
import { openSourceHttp } from "@/lib/sources/open-source-http";
import type { EventSource } from "@/lib/sources/source";
import type { ReadingRules } from "@/lib/stitch/read-records";
import { store } from "@/lib/store/open-store";
import { refreshKeyRules, type RulesInForce } from "./refresh-key-rules";
import { refreshSources, type SourcesInForce } from "./refresh-sources";
import { createSourcePool } from "./source-pool";

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

/** The sources with their breakers and queues, and around them what is made anew when key rules change. */
interface Installation extends RulesInForce, SourcesInForce {
  deps: TimelineDeps;
  /** What a field is, by this policy. */
  classify(policy: Pick<PolicyInForce, "document" | "hash">): void;
}

const SLOT = Symbol.for("throughline.timeline-deps");
const holder: typeof globalThis & { [SLOT]?: Installation } = globalThis;

/**
 * One per process: circuit breakers and queues only protect a source when every request shares them. What a question
 * uses after it began with `freshTimelineDeps`.
 */
export function timelineDeps(): TimelineDeps {
  if (!holder[SLOT]) throw new Error("timelineDeps was called before freshTimelineDeps");
  return holder[SLOT].deps;
}

/**
 * The same, with sources, key rules and field classes as they are stored now. Every question begins with it; then all of it uses
 * `timelineDeps`. Rejects when nobody can say which policy is in force.
 */
export async function freshTimelineDeps(): Promise<TimelineDeps> {
  const current = await installation();
  await refreshKeyRules(current, async () => (await store()).keyRules);
  await refreshSources(current, async () => (await store()).sources);
  current.classify(await policyInForce());
  return current.deps;
}

/**
 * The same under the policy of an access that was just made: its cells and its field classes must be of one policy, also
 * when another is published between the two looks.
 */
export function timelineDepsUnder(policy: PolicyInForce): TimelineDeps {
  timelineDeps();
  holder[SLOT]?.classify(policy);
  return timelineDeps();
}

/** The same evidence with the fields of another policy: what a draft would show. */
export function redactionUnder(document: PolicyDocument, { redaction }: TimelineDeps): RedactionSettings {
  const fields = { ...configuration().fields, ...document.fields };
  return { ...redaction, fields: compileFieldCatalog(fields, redaction.keyRules, document.keyKinds) };
}

async function installation(): Promise<Installation> {
  if (holder[SLOT]) return holder[SLOT];
  const { lastingKeys } = await store();
  const keys = { pseudonymKey: await lastingKeys.key("pseudonym"), idKey: await lastingKeys.key("row-id") };
  // Another question may have been quicker meanwhile.
  holder[SLOT] ??= createInstallation(configuration(), keys);
  return holder[SLOT];
}

export interface DerivedKeys {
  readonly pseudonymKey: Buffer;
  readonly idKey: Buffer;
}

export function createTimelineDeps(settings: Configuration, keys: DerivedKeys, now?: () => number): TimelineDeps {
  return createInstallation({ ...settings, fileKeys: settings.keys }, keys, now).deps;
}

/** Starts with the rules of `settings.keys`; `use` puts other page rules between the built-in ones and the file's. */
export function createInstallation(
  settings: LoadedConfiguration,
  keys: DerivedKeys,
  now: () => number = Date.now,
): Installation {
  let rules: readonly KeyRule[] = settings.keys;
  let policy: Pick<PolicyInForce, "document" | "hash"> = { document: DEFAULT_POLICY, hash: "" };
  const pool = createSourcePool(settings.sources, { openHttp: openSourceHttp, keyRules: () => rules, now });
  const fixed = fixedDeps(settings, keys, now);
  let sources = pool.use([]);
  return {
    mark: "",
    sourceMark: "",
    deps: withRules({ ...fixed, sources }, settings, rules, policy.document),
    use(fromPage) {
      rules = mergeKeyRules(settings.fileKeys, fromPage);
      this.deps = withRules({ ...fixed, sources }, settings, rules, policy.document);
    },
    useSources(fromPage) {
      sources = pool.use(fromPage);
      this.deps = { ...this.deps, sources };
    },
    classify(inForce) {
      if (policy.hash === inForce.hash) return;
      policy = inForce;
      this.deps = withRules({ ...fixed, sources }, settings, rules, policy.document);
    },
  };
}

function fixedDeps(settings: Configuration, keys: DerivedKeys, now: () => number) {
  const names = compileCanonicalNames(settings.services, settings.environments);
  const teams = new Set([...settings.services.flatMap(({ owner }) => owner ?? []), ...settings.teams]);
  return {
    reading: { names, sentences: compileSentenceBook(settings.sentences) },
    expansion: settings.expansion,
    limits: settings.limits,
    redaction: {
      pseudonyms: createPseudonymizer(keys.pseudonymKey),
      idKey: keys.idKey,
      displayName: (name: string) => {
        const service = names.service(name);
        return service.listed ? service.displayName : "a service";
      },
      isTeam: (name: string) => teams.has(name),
    },
    canonicalName: (raw: string) => names.service(raw).name,
    now,
  };
}

/** What a field is depends on the key rules too, so redaction gets the same ones as reading. */
function withRules(
  fixed: ReturnType<typeof fixedDeps> & Pick<TimelineDeps, "sources">,
  settings: Configuration,
  rules: readonly KeyRule[],
  policy: PolicyDocument,
): TimelineDeps {
  const keyRules = compileKeyRules(rules);
  const fields = compileFieldCatalog({ ...settings.fields, ...policy.fields }, keyRules, policy.keyKinds);
  return {
    ...fixed,
    reading: { ...fixed.reading, keys: keyRules },
    redaction: { ...fixed.redaction, fields, keyRules },
  };
}
