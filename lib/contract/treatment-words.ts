/** Treatments in words: for the matrix of the policy page and for "why do I see this". Pure. */
import type { Treatment } from "@/lib/domain/role";

export interface TreatmentWords {
  /** As a choice. */
  readonly label: string;
  /** As it is said of a value: "… is shown". */
  readonly past: string;
  /** What the reader gets, as a whole sentence. */
  readonly tells: string;
}

export const TREATMENT_WORDS: Readonly<Record<Treatment, TreatmentWords>> = {
  show: { label: "show", past: "shown", tells: "Shown as it is." },
  scrub: {
    label: "scrub",
    past: "scrubbed",
    tells: "Shown after detectors replaced personal values and took out secrets.",
  },
  template: { label: "sentence", past: "told by a sentence", tells: "A known sentence stands in its place." },
  pseudonym: { label: "stand-in", past: "replaced", tells: "A stand-in, the same one everywhere." },
  "incident-pseudonym": {
    label: "per incident",
    past: "replaced",
    tells: "A stand-in, another one in every incident.",
  },
  mask: { label: "mask", past: "masked", tells: "Only a part of it, enough to compare." },
  bucket: { label: "bucket", past: "rounded", tells: "Only the range it falls in, such as 5xx." },
  team: { label: "team only", past: "told by the team", tells: "The team instead of the person." },
  absent: { label: "absent", past: "hidden", tells: "Hidden." },
};
