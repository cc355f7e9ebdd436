/** Silences: created, listed, expired; their state follows the clock. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { makeMatcher, MatcherError, type LabelMatcher, type Labels } from "./label-matcher";

const PostedSilence = z.object({
  matchers: z.array(
    z.object({ name: z.string(), value: z.string(), isRegex: z.boolean(), isEqual: z.boolean().default(true) }),
  ),
  startsAt: z.string(),
  endsAt: z.string(),
  createdBy: z.string(),
  comment: z.string(),
});

interface Silence {
  readonly id: string;
  readonly matchers: readonly LabelMatcher[];
  readonly startsAtMs: number;
  endsAtMs: number;
  updatedAtMs: number;
  readonly createdBy: string;
  readonly comment: string;
}

export class SilenceRefusal extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {
    super("silence refused");
  }
}

export class SilenceStore {
  readonly #silences = new Map<string, Silence>();

  /** In: a decoded JSON body. Throws `SilenceRefusal` with the server's status and body. */
  create(posted: unknown, nowMs: number): string {
    const parsed = PostedSilence.safeParse(posted);
    if (!parsed.success) {
      const field = String(parsed.error.issues[0]?.path[0] ?? "silence");
      throw new SilenceRefusal(422, { code: 602, message: `${field} in body is required` });
    }
    const { matchers, startsAt, endsAt, createdBy, comment } = parsed.data;
    if (matchers.length === 0)
      throw new SilenceRefusal(422, { code: 612, message: "matchers in body should have at least 1 items" });
    if (Date.parse(endsAt) < Date.parse(startsAt))
      throw new SilenceRefusal(400, "Failed to create silence: start time must be before end time");
    const made = matchers.map(({ name, value, isRegex, isEqual }) => compile(name, value, isRegex, isEqual));
    if (made.every((matcher) => matcher.matches({})))
      throw new SilenceRefusal(
        400,
        "invalid silence: matcher set 0: at least one matcher must not match the empty string",
      );
    const id = randomUUID();
    const startsAtMs = Math.max(Date.parse(startsAt), nowMs);
    const endsAtMs = Date.parse(endsAt);
    this.#silences.set(id, { id, matchers: made, startsAtMs, endsAtMs, updatedAtMs: nowMs, createdBy, comment });
    return id;
  }

  expire(id: string, nowMs: number): boolean {
    const silence = this.#silences.get(id);
    if (!silence) return false;
    if (silence.endsAtMs > nowMs) {
      silence.endsAtMs = nowMs;
      silence.updatedAtMs = nowMs;
    }
    return true;
  }

  /** Ids of the silences in force that match. */
  silencing(labels: Labels, nowMs: number): string[] {
    return [...this.#silences.values()]
      .filter((silence) => stateOf(silence, nowMs) === "active")
      .filter((silence) => silence.matchers.every((matcher) => matcher.matches(labels)))
      .map(({ id }) => id);
  }

  view(id: string, nowMs: number): unknown {
    const silence = this.#silences.get(id);
    return silence ? show(silence, nowMs) : undefined;
  }

  /** A filter fits when the silence's own matchers, taken as labels, fit it. */
  list(filters: readonly LabelMatcher[], nowMs: number): unknown[] {
    return [...this.#silences.values()]
      .filter((silence) => {
        const labels = Object.fromEntries(silence.matchers.map(({ name, value }) => [name, value]));
        return filters.every((filter) => filter.matches(labels));
      })
      .map((silence) => show(silence, nowMs));
  }
}

function compile(name: string, value: string, isRegex: boolean, isEqual: boolean): LabelMatcher {
  try {
    return makeMatcher(name, value, isRegex, isEqual);
  } catch (error) {
    if (!(error instanceof MatcherError)) throw error;
    const plain = error.message.replace("`^(?:", "`").replace(/\)\$`$/, "`");
    throw new SilenceRefusal(
      400,
      `invalid silence: invalid label matcher 0 in set 0: invalid regular expression ${JSON.stringify(value)}: ${plain}`,
    );
  }
}

function stateOf(silence: Silence, nowMs: number): "active" | "pending" | "expired" {
  if (nowMs >= silence.endsAtMs) return "expired";
  return nowMs < silence.startsAtMs ? "pending" : "active";
}

function show(silence: Silence, nowMs: number): unknown {
  return {
    id: silence.id,
    status: { state: stateOf(silence, nowMs) },
    updatedAt: new Date(silence.updatedAtMs).toISOString(),
    comment: silence.comment,
    createdBy: silence.createdBy,
    endsAt: new Date(silence.endsAtMs).toISOString(),
    matchers: silence.matchers.map(({ name, value, isRegex, isEqual }) => ({ isEqual, isRegex, name, value })),
    startsAt: new Date(silence.startsAtMs).toISOString(),
  };
}
