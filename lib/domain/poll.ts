/** What is remembered between two questions to a source of alerts. */
import { z } from "zod";

/** What a source is asked for again and again. `silences` come with `alerts`, and may fail alone. */
export type PollSubject = "alerts" | "rules" | "silences" | "crons";

/** Missing one poll is no gap: an answer may be late. */
export const GAP_POLLS = 3;

export const PollMemory = z.object({
  /** Listed at the last whole answer: fingerprint to a mark that changes with what is told of it. */
  seen: z.record(z.string(), z.string()).default({}),
  /** Fires that nobody ended and that are not listed: by fingerprint, when last listed (ms, null for never), and how often not since. */
  missing: z
    .record(z.string(), z.object({ listedAt: z.number().nullable(), polls: z.number().int().min(0) }))
    .default({}),
});
export type PollMemory = z.infer<typeof PollMemory>;

export interface PollState {
  readonly source: string;
  /** When it last answered whole; null for never. */
  readonly heardAt: Date | null;
  /** Our own words for why the last try failed. */
  readonly failure: string | null;
  readonly memory: PollMemory;
}

/** A silence as an alert manager lists it. */
export interface ToldSilence {
  readonly id: string;
  readonly matchers: readonly { name: string; value: string; isRegex: boolean; isEqual: boolean }[];
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly createdBy: string;
  readonly comment: string;
}
