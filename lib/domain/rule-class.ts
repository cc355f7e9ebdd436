/** What a rule watches, by the few kinds of alert that are worth a page. Definitions: docs/noise-definitions.md. */
export const RULE_CLASSES = [
  "missed-window",
  "three-failures",
  "empty-output",
  "growing-queue",
  "symptom",
  "other",
] as const;
export type RuleClass = (typeof RULE_CLASSES)[number];
