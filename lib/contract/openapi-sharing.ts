/** The operations on exports and share links in the OpenAPI document. */
import { json, problem, PROBLEMS } from "./openapi-parts";
import { IssuedShareLink, NewShareLink, ShareLinkList } from "./share-link";
import { EXPORT_FILES, EXPORT_FORMATS, TimelineExport } from "./timeline-export";

const FILES = Object.fromEntries(
  EXPORT_FORMATS.map((format) => [EXPORT_FILES[format].contentType, { schema: { type: "string" } }]),
);
const MISSING = { "404": problem("No live link of yours; for those who administer, no live link.") };

export const SHARING_PATHS = {
  "/api/v1/timeline/export": {
    post: {
      summary: "A timeline as a Markdown, CSV or JSON file",
      requestBody: { required: true, content: json(TimelineExport) },
      responses: {
        "200": { description: "The file. JSON: the answer of the timeline, with `exportedAt`.", content: FILES },
        ...PROBLEMS,
        "403": problem("The role may not export, or a reveal is in force for this incident."),
      },
    },
  },
  "/api/v1/share-links": {
    get: {
      summary: "Your share links, newest first",
      parameters: [
        { name: "all", in: "query", description: "`1`: everybody's, for admins.", schema: { type: "string" } },
      ],
      responses: {
        "200": { description: "All links, without their token.", content: json(ShareLinkList) },
        ...PROBLEMS,
        "403": problem("Only admins may see everybody's."),
      },
    },
    post: {
      summary: "Make a link to a timeline",
      requestBody: { required: true, content: json(NewShareLink) },
      responses: {
        "201": { description: "The token is in this answer only.", content: json(IssuedShareLink) },
        ...PROBLEMS,
        "403": problem("The role may not share, or a reveal is in force for this incident."),
      },
    },
  },
  "/api/v1/share-links/{linkId}": {
    delete: {
      summary: "Revoke a share link",
      parameters: [{ name: "linkId", in: "path", required: true, schema: { type: "string" } }],
      responses: { "204": { description: "Ended, with every answer that is being read." }, ...PROBLEMS, ...MISSING },
    },
  },
};
