/** The numbers in the definitions. Every report prints those that it was made with. */
import { z } from "zod";

const minutes = z.number().positive();

export const NoiseSettings = z.strictObject({
  /** Fires of one fingerprint this close are one episode. */
  episodeGapMinutes: minutes.default(5),
  /** Episodes of neighbouring services join a cluster when they start this soon after its last start. */
  clusterGapMinutes: minutes.default(5),
  clusterMaxHours: minutes.default(2),
  clusterHops: z.number().int().min(0).max(4).default(2),
  /** Pages to one person within this time of an interrupt's opening belong to it. */
  interruptSeconds: z.number().positive().default(60),
  /** Interrupts in sleeping hours at least this far apart are wake-ups of their own. */
  wakeUpMinutes: minutes.default(30),
  /** Own clock: sleeping from, to; working hours from, to. */
  sleepFromHour: z.number().int().min(0).max(23).default(22),
  sleepToHour: z.number().int().min(0).max(23).default(8),
  businessFromHour: z.number().int().min(0).max(23).default(8),
  businessToHour: z.number().int().min(0).max(23).default(18),
  /** Days without work besides Saturday and Sunday, `2026-12-25`, by the person's own calendar. */
  holidays: z.array(z.iso.date()).default([]),
  transientMinutes: minutes.default(5),
  staleHours: minutes.default(24),
  /** Nobody is expected to have acted on an episode younger than this. */
  maturityHours: minutes.default(72),
  /** Person-minutes of one page by the hour that it comes in. */
  cost: z
    .strictObject({
      business: z.number().min(0).default(15),
      off: z.number().min(0).default(30),
      sleep: z.number().min(0).default(75),
      redundant: z.number().min(0).default(3),
    })
    .prefault({}),
  /** Prior of worth-paging: its weight in verdicts where rules are alike; it weighs less where they differ. */
  priorStrength: z.number().positive().default(4),
  /** No percentage below this many verdicts. */
  fewVerdicts: z.number().int().positive().default(5),
  /** Clusters of each team and month, drawn at random, that people are asked to judge. */
  sampleSize: z.number().int().min(0).default(20),
  /** Incidents a shift of twelve hours should not pass. */
  shiftTarget: z.number().positive().default(2),
  /** Groups of fewer people are not shown. */
  smallestGroup: z.number().int().positive().default(5),
});
export type NoiseSettings = z.infer<typeof NoiseSettings>;
