/** OpenAPI 3.1 document of the public API, generated from the zod contract so that it cannot drift from the code. */
import { z } from "zod";
import { ApiTokenList, IssuedApiToken, NewApiToken } from "./api-token";
import { ComparisonView } from "./comparison-view";
import { ALERT_PATHS } from "./openapi-alerts";
import { AUDIT_PATHS } from "./openapi-audit";
import { ACCESS_PATHS } from "./openapi-access";
import { KEY_RULE_PATHS } from "./openapi-key-rules";
import { ON_CALL_PATHS } from "./openapi-on-call";
import { json, problem, PROBLEMS } from "./openapi-parts";
import { SHARING_PATHS } from "./openapi-sharing";
import { POLICY_PATHS } from "./openapi-policy";
import { REVIEW_PATHS } from "./openapi-review";
import { SOURCE_PATHS } from "./openapi-sources";
import { NewUnlink, UnlinkCreated } from "./unlink";
import { TimelineAnswer, TimelineFrame } from "./timeline-answer";

const query = (name: string, description: string, extra: object = {}) => ({
  name,
  in: "query",
  description,
  schema: { type: "string" },
  ...extra,
});

export function openApiDocument(): object {
  return {
    openapi: "3.1.0",
    info: { title: "Throughline", version: "1", description: "One incident, one timeline, redacted for who asks." },
    components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
    security: [{ token: [] }],
    paths: {
      "/api/v1/timeline": { get: timelineOperation() },
      "/api/v1/timeline/comparison": { get: comparisonOperation() },
      "/api/v1/unlinks": {
        post: {
          summary: "Take a row or an id out of an incident",
          requestBody: { required: true, content: json(NewUnlink) },
          responses: {
            "201": { description: "It stays out until it is undone.", content: json(UnlinkCreated) },
            ...PROBLEMS,
            "403": problem("Only engineers and admins may unlink."),
          },
        },
      },
      "/api/v1/unlinks/{unlinkId}": {
        delete: {
          summary: "Undo an unlink",
          parameters: [{ name: "unlinkId", in: "path", required: true, schema: { type: "string" } }],
          responses: { "204": { description: "Undone." }, ...PROBLEMS, "404": problem("No such unlink.") },
        },
      },
      ...SHARING_PATHS,
      ...ALERT_PATHS,
      ...ON_CALL_PATHS,
      ...REVIEW_PATHS,
      ...AUDIT_PATHS,
      ...KEY_RULE_PATHS,
      ...SOURCE_PATHS,
      ...POLICY_PATHS,
      ...ACCESS_PATHS,
      "/api/v1/tokens": {
        get: {
          summary: "Your API tokens",
          responses: {
            "200": { description: "All tokens, without their text.", content: json(ApiTokenList) },
            ...PROBLEMS,
          },
        },
        post: {
          summary: "Create an API token",
          requestBody: { required: true, content: json(NewApiToken) },
          responses: {
            "201": { description: "The token's text is in this answer only.", content: json(IssuedApiToken) },
            ...PROBLEMS,
          },
        },
      },
      "/api/v1/tokens/{tokenId}": {
        delete: {
          summary: "Revoke an API token",
          parameters: [{ name: "tokenId", in: "path", required: true, schema: { type: "string" } }],
          responses: { "204": { description: "Revoked." }, ...PROBLEMS, "404": problem("No such token of yours.") },
        },
      },
    },
  };
}

const QUESTION = [
  query(
    "key",
    "`kind:value`, such as `order:48192` or `trace:4bf92f35…`. Repeat for several, at most 10. Required but with `shared`.",
    {
      schema: { type: "array", items: { type: "string" } },
      explode: true,
    },
  ),
  query("from", "ISO 8601, epoch seconds or milliseconds, or `now-1h`. Default: one hour before `to`."),
  query("to", "As `from`. Default: now. At most 30 days after `from`."),
];

function timelineOperation(): object {
  return {
    summary: "The timeline of one or more ids",
    parameters: [
      ...QUESTION,
      query("widen", "A key of `keys` whose boundary may be crossed. Repeat for several, at most 10.", {
        schema: { type: "array", items: { type: "string" } },
        explode: true,
      }),
      query("continue", "A gap's `continuation`: fetch what was cut off there. Repeat for the page after that.", {
        schema: { type: "array", items: { type: "string" } },
        explode: true,
      }),
      query("shared", "The token of a share link, in place of all others but `continue`."),
      query("live", "`1` with `Accept: application/x-ndjson`: after the first answer, follow what happens."),
    ],
    responses: {
      "200": {
        description:
          "With `Accept: application/x-ndjson` one frame a line while sources answer, else one document at the end.",
        content: {
          ...json(TimelineAnswer),
          "application/x-ndjson": { schema: z.toJSONSchema(TimelineFrame, { io: "input" }) },
        },
      },
      ...PROBLEMS,
    },
  };
}

function comparisonOperation(): object {
  return {
    summary: "The failing run of a timeline beside healthy runs of the same workflow",
    parameters: [...QUESTION, query("trace", "The run to compare. Default: the one at the likely break point.")],
    responses: {
      "200": {
        description: "That there is no run, or no healthy one, is an answer too: `state` and `sentence` say so.",
        content: json(ComparisonView),
      },
      ...PROBLEMS,
    },
  };
}
