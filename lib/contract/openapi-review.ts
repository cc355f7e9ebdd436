/** The operations of the monthly review and of verdicts in the OpenAPI document. */
import { BacklogView, JudgedView, LinkVerdict, NewVerdict, NewVerdictLink, VerdictLinkView } from "./alerts";
import { json, problem, PROBLEMS } from "./openapi-parts";
import {
  DecisionChange,
  DecisionView,
  FigureRows,
  ImpactView,
  NewDecision,
  NewImpact,
  ReviewList,
  ReviewView,
  SignReview,
} from "./review";

const READERS = { "403": problem("Only roles that read the review, and know of every alert.") };
const DECIDERS = { "403": problem("Only roles that decide in the review.") };
const JUDGES = { "403": problem("Only roles that judge alerts.") };
const CHANGED = { "409": problem("It was changed since `version`, or is signed.") };
const inPath = (name: string) => ({ name, in: "path", required: true, schema: { type: "string" } });
const inQuery = (name: string, description: string) => ({ name, in: "query", description, schema: { type: "string" } });
const sends = (schema: Parameters<typeof json>[0]) => ({ required: true, content: json(schema) });
const MONTH = [inPath("month")];

export const REVIEW_PATHS = {
  "/api/v1/reports/noise": {
    get: {
      summary: "Months with their reviews",
      responses: { "200": { description: "Oldest first.", content: json(ReviewList) }, ...PROBLEMS, ...READERS },
    },
  },
  "/api/v1/reports/noise/{month}": {
    get: {
      summary: "The review of a month; with the suffix .pdf, .csv, .md or .json a file",
      parameters: MONTH,
      responses: {
        "200": { description: "As the role may read it.", content: json(ReviewView) },
        ...PROBLEMS,
        ...READERS,
      },
    },
  },
  "/api/v1/reports/noise/{month}/rows": {
    get: {
      summary: "The rows behind a number",
      parameters: [
        ...MONTH,
        inQuery("figure", "`wake-ups`, `pages`, …"),
        inQuery("group", "`rule:…`, `service:…`, `team:…`"),
        inQuery("cursor", "`next` of the page before."),
      ],
      responses: {
        "200": { description: "`total` equals the number.", content: json(FigureRows) },
        ...PROBLEMS,
        ...READERS,
      },
    },
  },
  "/api/v1/reports/noise/{month}/decisions": {
    post: {
      summary: "Decide about a rule",
      parameters: MONTH,
      requestBody: sends(NewDecision),
      responses: {
        "201": { description: "Decided.", content: json(DecisionView) },
        ...PROBLEMS,
        ...DECIDERS,
        ...CHANGED,
      },
    },
  },
  "/api/v1/reports/noise/decisions/{decisionId}": {
    patch: {
      summary: "Confirm, finish, drop or reopen a decision",
      parameters: [inPath("decisionId")],
      requestBody: sends(DecisionChange),
      responses: {
        "200": { description: "As it is now.", content: json(DecisionView) },
        ...PROBLEMS,
        ...DECIDERS,
        ...CHANGED,
      },
    },
  },
  "/api/v1/reports/noise/{month}/sign": {
    post: {
      summary: "Sign as manager or owner; the second signature keeps the report for good",
      parameters: MONTH,
      requestBody: sends(SignReview),
      responses: { "200": { description: "Signed." }, ...PROBLEMS, ...READERS, ...CHANGED },
    },
  },
  "/api/v1/reports/noise/impacts": {
    get: {
      summary: "Times of a month when customers were hit",
      parameters: [inQuery("month", "`2026-10`")],
      responses: { "200": { description: "`{impacts}`, oldest first." }, ...PROBLEMS, ...READERS },
    },
    post: {
      summary: "Record one",
      requestBody: sends(NewImpact),
      responses: { "201": { description: "Recorded.", content: json(ImpactView) }, ...PROBLEMS, ...DECIDERS },
    },
  },
  "/api/v1/alerts/verdicts": {
    post: {
      summary: "Say whether alerts were worth it; all or none",
      requestBody: sends(NewVerdict),
      responses: { "200": { description: "As they are now.", content: json(JudgedView) }, ...PROBLEMS, ...JUDGES },
    },
  },
  "/api/v1/alerts/backlog": {
    get: {
      summary: "What waits for a verdict, one's own team first",
      responses: { "200": { description: "At most 40.", content: json(BacklogView) }, ...PROBLEMS, ...JUDGES },
    },
  },
  "/api/v1/alerts/verdict-links": {
    post: {
      summary: "A link by which one alert is judged without signing in, once, within a week",
      description:
        "Whoever holds it judges in the name of the person it is for. Without `email`, or with one's own, for oneself. For " +
        "somebody else only with the ability `administer`: a script that puts links into on-call messages.",
      requestBody: sends(NewVerdictLink),
      responses: {
        "201": { description: "The link is in this answer only.", content: json(VerdictLinkView) },
        ...PROBLEMS,
        "403": problem("For oneself: only roles that judge alerts. For somebody else: only roles that administer."),
        "404": problem("No such alert or person, or none that the role may read."),
      },
    },
  },
  "/api/v1/judge/{token}": {
    post: {
      summary: "One verdict through a link",
      security: [],
      parameters: [inPath("token")],
      requestBody: sends(LinkVerdict),
      responses: {
        "201": { description: "Judged; the link has done its work." },
        ...PROBLEMS,
        "404": problem("The link never was, was used, or is over, or its person may judge no more."),
        "429": problem("Too many from this address; `Retry-After` says when to try again."),
      },
    },
  },
};
