/** `GET /api/v1/alerts/episodes/{id}`: one episode with everything that is known of it, as the role may read it. */
import { z } from "zod";
import { END_REASONS } from "@/lib/domain/alert-history";
import { EpisodeView, VerdictView } from "./alerts";

const instant = z.iso.datetime();
const texts = z.record(z.string(), z.string());

/** A silence of somebody, a time in which nobody is told, or another alert that makes this one needless. */
export const QuietingView = z.strictObject({
  what: z.enum(["silence", "mute", "inhibition"]),
  /** Of the mute, or of the other alert; empty for silences, and for an alert that the role may not know of. */
  name: z.string(),
  /** Who made the silence: by name for those who read staff, else `a colleague`; empty when it is not known. */
  by: z.string(),
  /** What they wrote; empty where the role reads no notes. */
  note: z.string(),
  /** Of the silence. */
  from: instant.nullable(),
  to: instant.nullable(),
});
export type QuietingView = z.infer<typeof QuietingView>;

export const EpisodeDetail = z.strictObject({
  episode: EpisodeView,
  /** The newest of its `episode.fires` fires, oldest first: when it happened, and when we heard. */
  transitions: z.array(
    z.strictObject({
      startsAt: instant,
      endsAt: instant.nullable(),
      endReason: z.enum(END_REASONS),
      heardAt: instant,
      lastHeardAt: instant,
      flapping: z.boolean(),
      /** Copies from further sources or replicas. */
      duplicates: z.number().int().min(0),
    }),
  ),
  pages: z.array(
    z.strictObject({
      at: instant,
      /** Name for those who read staff, else `a colleague`. */
      person: z.string(),
      channel: z.string(),
      reason: z.string(),
      step: z.number().int(),
      delivered: z.boolean(),
      estimated: z.boolean(),
      ackedAt: instant.nullable(),
    }),
  ),
  /** What kept it quiet at any time, also for a part of it. */
  quietedBy: z.array(QuietingView),
  /** All verdicts, newest first, those replaced included. */
  verdicts: z.array(VerdictView),
  /** Empty where the role reads none. */
  labels: texts,
  annotations: texts,
  /** The alert as it was sent, scrubbed; null where the role reads no text. */
  payload: z.string().nullable(),
  /** Where its service and window open as a timeline; null when it has no id to ask by. */
  timeline: z.strictObject({ keys: z.array(z.string()), from: instant, to: instant }).nullable(),
});
export type EpisodeDetail = z.infer<typeof EpisodeDetail>;
