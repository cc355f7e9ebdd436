/** The operations on the audit trail in the OpenAPI document. */
import { AuditPageView, WhoSawView, WhoSawWish } from "./audit";
import { json, problem, PROBLEMS } from "./openapi-parts";

const READERS = { "403": problem("Only roles that read the audit trail may ask.") };

const query = (name: string, description: string) => ({ name, in: "query", description, schema: { type: "string" } });

export const AUDIT_PATHS = {
  "/api/v1/audit": {
    get: {
      summary: "The audit trail, newest first. Reading it is recorded too",
      parameters: [
        query("actor", "Id of a user; `command`, `system` or `anonymous`."),
        query("action", "`timeline.view`, or a whole area as `timeline.`."),
        query("incident", "As an entry names it."),
        query("subject", "`kind:value`, or a stand-in as it is shown."),
        query("from", "ISO 8601, epoch ms, or `now-30d`."),
        query("to", "As `from`; not included."),
        query("cursor", "`next` of the page before."),
      ],
      responses: {
        "200": { description: "50 entries a page.", content: json(AuditPageView) },
        ...PROBLEMS,
        ...READERS,
      },
    },
  },
  "/api/v1/audit/who": {
    post: {
      summary: "Who was shown the data of a subject",
      requestBody: { required: true, content: json(WhoSawWish) },
      responses: { "200": { description: "The latest first.", content: json(WhoSawView) }, ...PROBLEMS, ...READERS },
    },
  },
};
