/**
 * What Sentry's web API 0 answers, reduced to what we use (https://docs.sentry.io/api/, schema 0.272).
 * Sentry's own schema marks fields as required that real answers leave out, so every field is optional here and one
 * bad row never spoils a page. GlitchTip spells some fields in snake case; both are read.
 */
import { z } from "zod";

/** Ids and counts arrive as text or number, depending on the endpoint and the server's age. */
const scalar = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) => String(value))
  .nullish()
  .catch(undefined);
const required = z.union([z.string().min(1), z.number()]).transform((value) => String(value));

/** A row of the events table. Asked columns such as `tags[order_id]` stay under their own name. */
export const SentryRow = z.looseObject({
  id: required,
  timestamp: z.string(),
  timestamp_ms: z.union([z.string(), z.number()]).nullish().catch(undefined),
  title: scalar,
  issue: scalar,
  "issue.id": scalar,
  project: scalar,
  "project.name": scalar,
  level: scalar,
  environment: scalar,
  release: scalar,
  trace: scalar,
  "trace.span": scalar,
  "user.id": scalar,
  culprit: scalar,
});
export type SentryRow = z.infer<typeof SentryRow>;

export const SentryTable = z.object({ data: z.array(z.unknown()) });

const Frame = z.object({
  function: scalar,
  filename: scalar,
  module: scalar,
  lineNo: z.number().nullish().catch(undefined),
  inApp: z.boolean().nullish().catch(undefined),
});

const Exception = z.object({
  type: scalar,
  value: scalar,
  stacktrace: z
    .object({ frames: z.array(Frame).nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
});
export type SentryException = z.infer<typeof Exception>;

/** `data` of an exception holds `values`, or one `value` in some answers. */
const Entry = z.object({
  type: z.string(),
  data: z
    .looseObject({ values: z.array(z.unknown()).nullish().catch(undefined), value: z.unknown().optional() })
    .nullish()
    .catch(undefined),
});

const Tag = z.object({ key: z.string(), value: scalar });

/** One event in full: `GET /projects/{org}/{project}/events/{id}/`. */
export const SentryEventDetail = z.object({
  eventID: scalar,
  event_id: scalar,
  id: scalar,
  groupID: scalar,
  group_id: scalar,
  title: scalar,
  message: scalar,
  culprit: scalar,
  platform: scalar,
  dateCreated: scalar,
  date_created: scalar,
  dateReceived: scalar,
  metadata: z.object({ type: scalar, value: scalar }).nullish().catch(undefined),
  tags: z.array(z.unknown()).nullish().catch(undefined).transform(readTags),
  user: z.object({ id: scalar }).nullish().catch(undefined),
  contexts: z
    .object({ trace: z.object({ trace_id: scalar, span_id: scalar }).nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
  entries: z.array(z.unknown()).nullish().catch(undefined).transform(readExceptions),
  release: z
    .union([z.string().transform((version) => ({ version })), z.object({ version: scalar })])
    .nullish()
    .catch(undefined),
});
export type SentryEventDetail = z.infer<typeof SentryEventDetail>;

export const SentryProject = z.object({ id: required, slug: z.string().min(1) });
export type SentryProject = z.infer<typeof SentryProject>;

const Deploy = z.object({
  id: scalar,
  environment: scalar,
  name: scalar,
  dateStarted: scalar,
  dateFinished: scalar,
});
export const SentryDeploy = Deploy;
export type SentryDeploy = z.infer<typeof Deploy>;

export const SentryRelease = z.object({
  version: z.string().min(1),
  shortVersion: scalar,
  dateCreated: scalar,
  dateReleased: scalar,
  deployCount: z.number().nullish().catch(undefined),
  lastDeploy: Deploy.nullish().catch(undefined),
  projects: z
    .array(z.object({ slug: scalar }))
    .nullish()
    .catch(undefined),
});
export type SentryRelease = z.infer<typeof SentryRelease>;

const MonitorEnvironment = z.object({
  name: z.string(),
  /** `ok`, `error` (an incident is open), `active` (never checked in), `disabled`; before 2024 also `missed_checkin`, `timeout`. */
  status: z.string(),
  isMuted: z.boolean().nullish().catch(undefined),
  lastCheckIn: scalar,
  /** Since 24.3; null while all is well. */
  activeIncident: z.object({ startingTimestamp: scalar }).nullish().catch(undefined),
});

/**
 * A cron monitor: `GET /organizations/{org}/monitors/`. The published schema calls `environments` one object; it is a list.
 * What GlitchTip lists under the same path are checks of addresses, without environments, and no cron monitors.
 */
export const SentryMonitor = z.object({
  /** A UUID. Both become parts of a path. */
  id: z.string().regex(/^[\w-]{1,64}$/),
  slug: z.string().min(1),
  name: z.string(),
  /** `active` or `disabled`. */
  status: z.string(),
  isMuted: z.boolean().nullish().catch(undefined),
  config: z
    .object({ recovery_threshold: z.number().nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
  project: z.object({ slug: z.string().regex(/^[\w-]{1,100}$/) }),
  environments: z.array(MonitorEnvironment),
});
export type SentryMonitor = z.infer<typeof SentryMonitor>;

/** `GET /projects/{org}/{project}/monitors/{id}/checkins/`. */
export const SentryCheckIn = z.object({
  /** `ok`, `error`, `in_progress`, `missed`, `timeout`, `unknown`. */
  status: z.string(),
  dateCreated: z.string(),
  expectedTime: scalar,
});
export type SentryCheckIn = z.infer<typeof SentryCheckIn>;

export const SentryList = z.array(z.unknown());

/** Error bodies: `{"detail": "…"}`, a JSON string, or an object with `code`. Read only to recognise known cases. */
export const SentryProblem = z.union([
  z.object({ detail: z.string() }).transform((body) => body.detail),
  z.object({ detail: z.object({ message: z.string() }) }).transform((body) => body.detail.message),
  z.string(),
]);

/** Malformed tags occur in real answers; they are dropped, and the rest is kept. */
function readTags(list: readonly unknown[] | null | undefined): readonly (readonly [key: string, value: string])[] {
  return (list ?? []).flatMap((item) => {
    const tag = Tag.safeParse(item);
    const value = tag.success ? tag.data.value : undefined;
    return tag.success && value !== null && value !== undefined ? [[tag.data.key, value] as const] : [];
  });
}

function readExceptions(list: readonly unknown[] | null | undefined): readonly SentryException[] {
  return (list ?? []).flatMap((item) => {
    const entry = Entry.safeParse(item);
    if (!entry.success || entry.data.type !== "exception") return [];
    const values = entry.data.data?.values ?? [entry.data.data?.value];
    return values.flatMap((value) => {
      const exception = Exception.safeParse(value);
      return exception.success ? [exception.data] : [];
    });
  });
}
