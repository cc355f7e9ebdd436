/** The operations on who is paged, and on files of an on-call tool, in the OpenAPI document. */
import { ImportResult } from "./on-call";
import { NewZone, OnCallOverview, ResponderChange, ResponderList } from "./on-call-admin";
import { json, problem, PROBLEMS } from "./openapi-parts";

const ADMINS = { "403": problem("Only roles that administer.") };
const MISSING = { "404": problem("Nobody of this id, or no such zone.") };
const RESPONDER = { name: "responderId", in: "path", required: true, schema: { type: "string" } };
const inQuery = (name: string, description: string, required = false) => ({
  ...{ name, in: "query", description, required, schema: { type: "string" } },
});

export const ON_CALL_PATHS = {
  "/api/v1/on-call": {
    get: {
      summary: "Who is paged: people and their clocks, shifts of 28 days, receivers, the feed's hooks",
      responses: {
        "200": { description: "Nobody is counted.", content: json(OnCallOverview) },
        ...PROBLEMS,
        ...ADMINS,
      },
    },
  },
  "/api/v1/on-call/import": {
    post: {
      summary: "A CSV file of pages, shifts or people; a wrong line is left out and named",
      parameters: [
        inQuery("what", "`pages`, `shifts` or `people`", true),
        inQuery("source", "Name of the on-call hook that tells the same: a page that both tell is one"),
        inQuery("check", "`1`: answer what would be taken, and write nothing"),
      ],
      requestBody: { required: true, content: { "text/csv": { schema: { type: "string" } } } },
      responses: {
        "200": { description: "How many lines are new, known and refused.", content: json(ImportResult) },
        ...PROBLEMS,
        ...ADMINS,
      },
    },
  },
  "/api/v1/on-call/responders": {
    get: {
      summary: "Everybody whom a feed named",
      responses: {
        "200": { description: "By name.", content: json(ResponderList) },
        ...PROBLEMS,
        ...ADMINS,
      },
    },
  },
  "/api/v1/on-call/responders/{responderId}": {
    patch: {
      summary: "Say the name, the team and the sign-in of somebody who is paged",
      parameters: [RESPONDER],
      requestBody: { required: true, content: json(ResponderChange) },
      responses: { "204": { description: "Until a feed says otherwise." }, ...PROBLEMS, ...ADMINS, ...MISSING },
    },
  },
  "/api/v1/on-call/responders/{responderId}/zones": {
    put: {
      summary: "Say which clock somebody lives by from an instant on; the one before ends there",
      parameters: [RESPONDER],
      requestBody: { required: true, content: json(NewZone) },
      responses: {
        "204": { description: "Reviews that are not signed count anew." },
        ...PROBLEMS,
        ...ADMINS,
        ...MISSING,
      },
    },
    delete: {
      summary: "Take back a wrong clock",
      parameters: [RESPONDER, inQuery("from", "The instant from which it holds", true)],
      responses: { "204": { description: "The one before goes on." }, ...PROBLEMS, ...ADMINS, ...MISSING },
    },
  },
};
