/** The operations on key rules in the OpenAPI document. */
import { KeyRuleChange, KeyRuleDraft, KeyRuleList, KeyRuleTrial, KeyRuleTrialWish, KeyRuleView } from "./key-rule";
import { json, problem, PROBLEMS } from "./openapi-parts";

const READ_BY = { "403": problem("Only engineers and admins may read and try key rules.") };
const WRITTEN_BY = { "403": problem("Only admins may change key rules.") };
const CONFLICT = { "409": problem("The name is in use, or somebody changed the rule since `version`.") };
const MISSING = { "404": problem("No rule of this id was made on the page.") };
const RULE_ID = { name: "ruleId", in: "path", required: true, schema: { type: "string" } };

export const KEY_RULE_PATHS = {
  "/api/v1/key-rules": {
    get: {
      summary: "How ids are spelled: all key rules with where they come from",
      responses: { "200": { description: "By name.", content: json(KeyRuleList) }, ...PROBLEMS, ...READ_BY },
    },
    post: {
      summary: "Make a key rule",
      requestBody: { required: true, content: json(KeyRuleDraft) },
      responses: {
        "201": { description: "In force from the next question on.", content: json(KeyRuleView) },
        ...PROBLEMS,
        ...WRITTEN_BY,
        ...CONFLICT,
      },
    },
  },
  "/api/v1/key-rules/{ruleId}": {
    put: {
      summary: "Change a key rule that was made on the page",
      parameters: [RULE_ID],
      requestBody: { required: true, content: json(KeyRuleChange) },
      responses: {
        "200": { description: "In force from the next question on.", content: json(KeyRuleView) },
        ...PROBLEMS,
        ...WRITTEN_BY,
        ...MISSING,
        ...CONFLICT,
      },
    },
    delete: {
      summary: "Remove a key rule that was made on the page",
      parameters: [RULE_ID, { name: "version", in: "query", required: true, schema: { type: "integer" } }],
      responses: { "204": { description: "Removed." }, ...PROBLEMS, ...WRITTEN_BY, ...MISSING, ...CONFLICT },
    },
  },
  "/api/v1/key-rules/test": {
    post: {
      summary: "Try a key rule on pasted lines; nothing is stored",
      requestBody: { required: true, content: json(KeyRuleTrialWish) },
      responses: {
        "200": { description: "Per line what was found where, and why not.", content: json(KeyRuleTrial) },
        ...PROBLEMS,
        ...READ_BY,
      },
    },
  },
};
