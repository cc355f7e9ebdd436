/** What each ability lets somebody do, as a choice. Pure. */
import type { Ability } from "@/lib/domain/policy";

export const ABILITY_WORDS: Readonly<Record<Ability, string>> = {
  ask: "Ask by any id that the role reads",
  unlink: "Unlink rows and ids",
  export: "Export a timeline",
  share: "Make links",
  reveal: "Ask for a reveal or for standing access",
  "second-reveal": "Be the second person of a reveal",
  "review-reveals": "Be told of reveals and sign them",
  "read-key-rules": "Read and try key rules",
  "read-audit": "Read the audit trail",
  "read-alerts": "Read the history of alerts",
  "judge-alerts": "Say whether an alert was worth it",
  "read-review": "Read the monthly review",
  "decide-review": "Decide in the monthly review, and sign it",
  administer: "Administer policy, people, sources, key rules, webhooks and rotas",
};
