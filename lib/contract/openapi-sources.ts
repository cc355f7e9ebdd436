/** The operations on connected sources in the OpenAPI document. */
import { json, problem, PROBLEMS } from "./openapi-parts";
import { SourceChange, SourceDraft, SourceList, SourceProbe, SourceTest, SourceView } from "./source";

const ONLY = { "403": problem("Only roles that administer may read and change sources.") };
const CONFLICT = { "409": problem("The name is in use, or somebody changed the source since `version`.") };
const MISSING = { "404": problem("No source of this id was connected on the page.") };
const SOURCE_ID = { name: "sourceId", in: "path", required: true, schema: { type: "string" } };

export const SOURCE_PATHS = {
  "/api/v1/sources": {
    get: {
      summary:
        "The connected sources, of credentials only whether they are set; and when each was last heard for alert history",
      responses: { "200": { description: "Provisioned first.", content: json(SourceList) }, ...PROBLEMS, ...ONLY },
    },
    post: {
      summary: "Connect a source",
      requestBody: { required: true, content: json(SourceDraft) },
      responses: {
        "201": { description: "Asked from the next question on.", content: json(SourceView) },
        ...PROBLEMS,
        ...ONLY,
        ...CONFLICT,
      },
    },
  },
  "/api/v1/sources/{sourceId}": {
    put: {
      summary: "Change a source that was connected on the page; absent secrets stay, null clears them",
      parameters: [SOURCE_ID],
      requestBody: { required: true, content: json(SourceChange) },
      responses: {
        "200": { description: "In force from the next question on.", content: json(SourceView) },
        ...PROBLEMS,
        ...ONLY,
        ...MISSING,
        ...CONFLICT,
      },
    },
    delete: {
      summary: "Disconnect a source that was connected on the page",
      parameters: [SOURCE_ID, { name: "version", in: "query", required: true, schema: { type: "integer" } }],
      responses: { "204": { description: "Disconnected." }, ...PROBLEMS, ...ONLY, ...MISSING, ...CONFLICT },
    },
  },
  "/api/v1/sources/test": {
    post: {
      summary: "Test a connection",
      requestBody: { required: true, content: json(SourceTest) },
      responses: {
        "200": { description: "That it failed is an answer too.", content: json(SourceProbe) },
        ...PROBLEMS,
        ...ONLY,
        ...MISSING,
      },
    },
  },
};
