/** The operations on alert history and on its hooks in the OpenAPI document. */
import { z } from "zod";
import {
  AlertHookChange,
  AlertHookList,
  AlertHookRotation,
  AlertHookView,
  IssuedAlertHook,
  NewAlertHook,
} from "./alert-hook";
import { AlertRules } from "./alert-rules";
import { EpisodePage, EpisodeQuery } from "./alerts";
import { EpisodeDetail } from "./episode-detail";
import { json, problem, PROBLEMS } from "./openapi-parts";

const READERS = { "403": problem("Only roles that read the history of alerts.") };
const ADMINS = { "403": problem("Only roles that administer.") };
const STALE = { "409": problem("The path is in use, or somebody changed the hook since `version`.") };
const MISSING = { "404": problem("No hook of this id was made on the page.") };
const path = (name: string) => ({ name, in: "path", required: true, schema: { type: "string" } });
const FILTER = Object.entries(z.toJSONSchema(EpisodeQuery, { io: "input" }).properties ?? {}).map(([name, schema]) => ({
  ...{ name, in: "query", required: false, schema },
}));

const WEBHOOK = {
  summary: "Where alert managers send",
  description:
    "Authenticated by the hook's own secret: bearer, basic, or a signature over the body. Answered when it is stored.",
  security: [],
  parameters: [path("kind"), path("name")],
  requestBody: { required: true, content: { "application/json": { schema: {} } } },
  responses: {
    "202": { description: "Stored. The same bytes again are the same call." },
    "400": problem("The body did not arrive whole, or is packed in another way than gzip."),
    "401": problem("No such hook, or not its secret."),
    "413": problem("More than 5 MB, as sent or unpacked."),
    "503": problem("It could not be stored now; `Retry-After` says when to send again."),
  },
};

export const ALERT_PATHS = {
  "/api/v1/alerts/episodes": {
    get: {
      summary: "The history of alerts, newest first, as far as the role's rows reach",
      parameters: FILTER,
      responses: {
        "200": { description: "`next` continues as `cursor`.", content: json(EpisodePage) },
        ...PROBLEMS,
        ...READERS,
      },
    },
  },
  "/api/v1/alerts/episodes/{episodeId}": {
    get: {
      summary: "One episode with its fires, pages and verdicts, and the alert as it was sent",
      parameters: [path("episodeId")],
      responses: {
        "200": { description: "Each part as the role may read it.", content: json(EpisodeDetail) },
        ...PROBLEMS,
        ...READERS,
        "404": problem("No such episode, or none that the role may know of."),
      },
    },
  },
  "/api/v1/alerts/rules": {
    get: {
      summary: "One line per rule in a range",
      parameters: FILTER,
      responses: {
        "200": { description: "Those with most episodes first.", content: json(AlertRules) },
        ...PROBLEMS,
        ...READERS,
      },
    },
  },
  "/api/v1/alert-hooks": {
    get: {
      summary: "Where alerts may be sent to, and what was sent that nobody could read",
      responses: { "200": { description: "Provisioned first.", content: json(AlertHookList) }, ...PROBLEMS, ...ADMINS },
    },
    post: {
      summary: "Make a hook",
      requestBody: { required: true, content: json(NewAlertHook) },
      responses: {
        "201": { description: "The secret is in this answer only.", content: json(IssuedAlertHook) },
        ...PROBLEMS,
        ...ADMINS,
        ...STALE,
      },
    },
  },
  "/api/v1/alert-hooks/{hookId}": {
    patch: {
      summary: "Say what a notification to a hook means, or drop the secret before the last rotation",
      parameters: [path("hookId")],
      requestBody: { required: true, content: json(AlertHookChange) },
      responses: {
        "200": { description: "For calls from now on.", content: json(AlertHookView) },
        ...PROBLEMS,
        ...ADMINS,
        ...MISSING,
        ...STALE,
      },
    },
    delete: {
      summary: "Remove a hook; what was sent to it stays",
      parameters: [path("hookId"), { name: "version", in: "query", required: true, schema: { type: "integer" } }],
      responses: { "204": { description: "Removed." }, ...PROBLEMS, ...ADMINS, ...MISSING, ...STALE },
    },
  },
  "/api/v1/alert-hooks/{hookId}/rotate": {
    post: {
      summary: "Give a hook a new secret; the one before is accepted for a while",
      parameters: [path("hookId")],
      requestBody: { required: true, content: json(AlertHookRotation) },
      responses: {
        "200": { description: "The secret is in this answer only.", content: json(IssuedAlertHook) },
        ...PROBLEMS,
        ...ADMINS,
        ...MISSING,
        ...STALE,
      },
    },
  },
  "/api/v1/webhooks/{kind}/{name}": { post: WEBHOOK, put: { ...WEBHOOK, summary: "The same, for senders that put" } },
};
