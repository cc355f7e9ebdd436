/** `/api/v1/sources`: the connected backends. Credentials go in and never come out: an answer says only which are set. */
import { z } from "zod";
import { SOURCE_KINDS } from "@/lib/domain/source-id";

const atMost = (count: number, of: string) => `expected at most ${String(count)} ${of}`;
const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max, atMost(max, "characters"))
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "expected one line without control characters");
const names = z.array(line(100).min(1, "expected a name")).max(50, atMost(50, "names"));
const label = z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,99}$/, "expected letters, digits and _");
/** Absent keeps what is stored, null clears it. */
const secret = line(4096).min(1, "expected at least one character").nullable().optional();

export const SourceDraft = z.strictObject({
  kind: z.enum(SOURCE_KINDS, "expected loki, tempo, prometheus, alertmanager or sentry"),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "expected lower-case letters, digits and dashes")
    .default("main"),
  url: line(2000).min(1, "expected an https:// address"),
  /** Meant: the address begins with http, so everything travels readable. */
  plainHttp: z.boolean().default(false),
  audience: z.enum(["product", "internal"]).default("product"),
  username: line(200).default(""),
  token: secret,
  password: secret,
  tenant: line(150).default(""),
  tenantHeader: z.enum(["X-Scope-OrgID", "THANOS-TENANT"]).default("X-Scope-OrgID"),
  /** Sentry: organisation slug. */
  org: z
    .string()
    .regex(/^[a-z0-9_-]{0,100}$/i, "expected an organisation slug")
    .default(""),
  projects: names.default([]),
  /** Loki: what every query starts from. */
  selector: line(1000)
    .regex(/^(\{.+\})?$/, "expected a selector in braces")
    .default(""),
  keyLabels: z.array(label).max(50, atMost(50, "labels")).default([]),
  grafana: z
    .strictObject({
      url: line(2000).regex(/^https?:\/\/[^\s/@]+(\/[^\s@]*)?$/i, "expected an http(s) address without user name"),
      datasourceUid: line(100).min(1, "expected the uid of the data source"),
      orgId: z.number().int().min(1).max(1_000_000).default(1),
    })
    .nullable()
    .default(null),
  retentionDays: z
    .number()
    .positive("expected days")
    .max(10_000, "expected at most 10000 days")
    .nullable()
    .default(null),
  red: z
    .strictObject({
      serviceLabel: label.default("service"),
      requestsMetric: label.default("http_requests_total"),
      errorMatcher: line(300).min(1, "expected a matcher").default('status=~"5.."'),
      durationMetric: label.default("http_request_duration_seconds"),
    })
    .prefault({}),
});
export type SourceDraft = z.infer<typeof SourceDraft>;

export const SourceChange = z.strictObject({
  source: SourceDraft,
  /** The version that was changed; another one is answered with 409. */
  version: z.number().int().min(1),
});
export type SourceChange = z.infer<typeof SourceChange>;

export const PROBE_FAILURES = [
  "refused", // no connection, not an allowed address, or a redirect
  "timeout",
  "denied", // 401 or 403
  "not-found", // 404: probably another kind of server, or a missing path
  "status", // another HTTP status
  "unreadable", // an answer, but not one of this kind of source
] as const;

export const SourceProbe = z.strictObject({
  ok: z.boolean(),
  failure: z.enum(PROBE_FAILURES).nullable(),
  elapsedMs: z.number().int().min(0),
  /** ISO 8601 in UTC. */
  at: z.string(),
});
export type SourceProbe = z.infer<typeof SourceProbe>;

export const POLL_FAILURES = [
  ...PROBE_FAILURES,
  "rate-limited", // 429
  "too-large", // more than one poll reads
  "cut-off", // the answer broke off, or held what could not be read
  "busy", // too many questions of ours wait for this source
  "no-organisation", // a Sentry without `org`
] as const;

/** What is asked again and again for alert history. */
export const SourcePoll = z.strictObject({
  source: z.string(),
  what: z.enum(["alerts", "silences", "rules", "crons"]),
  /** 0: switched off. */
  everySeconds: z.number().int().min(0),
  /**
   * `failed`: the last try. `late`: nobody was answered for three intervals, and nobody says why. `waiting`: connected lately,
   * or not asked at all.
   */
  state: z.enum(["heard", "failed", "late", "waiting", "off"]),
  /** Last whole answer, ISO 8601 in UTC; null for never. */
  heardAt: z.string().nullable(),
  failure: z.enum(POLL_FAILURES).nullable(),
});
export type SourcePoll = z.infer<typeof SourcePoll>;

const state = z.enum(["set", "unset"]);

export const SourceView = z.strictObject({
  /** Of sources made on the page; the others cannot be changed here. */
  id: z.string().nullable(),
  /** `loki/product`. */
  source: z.string(),
  kind: z.enum(SOURCE_KINDS),
  name: z.string(),
  /** Without user name and query. */
  url: z.string(),
  provenance: z.enum(["provisioned", "page"]),
  /** `replaced`: a provisioned source has its id. `locked`: no known key opens its credentials. */
  state: z.enum(["in-force", "replaced", "locked", "unreadable"]),
  secrets: z.strictObject({ token: state, password: state }),
  /** For the editor; null for what is provisioned or unreadable. */
  settings: SourceDraft.omit({ token: true, password: true }).nullable(),
  audience: z.enum(["product", "internal"]),
  /** The last test of this process. */
  probe: SourceProbe.nullable(),
  version: z.number().int().nullable(),
  /** ISO 8601 in UTC. */
  updatedAt: z.string().nullable(),
  updatedBy: z.string().nullable(),
});
export type SourceView = z.infer<typeof SourceView>;

export const SourceList = z.strictObject({
  /** Provisioned first, then by kind and name. */
  sources: z.array(SourceView),
  /** Of those in force, in that order. */
  polls: z.array(SourcePoll),
});
export type SourceList = z.infer<typeof SourceList>;

/** A connected source by its id, or a draft; absent secrets of a draft are those of the stored source `id`. */
export const SourceTest = z
  .strictObject({
    source: z.string().max(100).optional(),
    draft: SourceDraft.optional(),
    id: z.string().max(100).optional(),
  })
  .refine(({ source, draft }) => (source === undefined) !== (draft === undefined), "expected a source or a draft");
export type SourceTest = z.infer<typeof SourceTest>;
