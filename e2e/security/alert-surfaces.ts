/** Pages and routes of alert history and the noise review, as `surfaces.ts` lists the others. */
import type { Surface } from "./surface";

const ABSENT = "00000000-0000-4000-8000-000000000000";
const EPISODE = "0".repeat(32);
const REVIEW = "/api/v1/reports/noise";

export const ALERT_SURFACES: readonly Surface[] = [
  { file: "(console)/alerts/page.tsx", path: "/alerts", kind: "page", methods: ["GET"] },
  { file: "(console)/alerts/backlog/page.tsx", path: "/alerts/backlog", kind: "page", methods: ["GET"] },
  { file: "(console)/admin/webhooks/page.tsx", path: "/admin/webhooks", kind: "page", methods: ["GET"] },
  { file: "(console)/admin/on-call/page.tsx", path: "/admin/on-call", kind: "page", methods: ["GET"] },
  { file: "(console)/review/page.tsx", path: "/review", kind: "page", methods: ["GET"] },
  {
    file: "(console)/review/[month]/page.tsx",
    path: "/review/2026-01",
    kind: "page",
    methods: ["GET"],
    foreign: [{ method: "GET", path: "/review/{id}", make: "none" }],
  },
  {
    file: "judge/[token]/page.tsx",
    path: "/judge/nothing",
    absent: true,
    kind: "page",
    methods: ["GET"],
    public: "behind a link for one person and one alert",
    foreign: [{ method: "GET", path: "/judge/{id}", make: "none" }],
  },
  {
    file: "api/v1/judge/[token]/route.ts",
    path: "/api/v1/judge/nothing",
    absent: true,
    kind: "api",
    methods: ["POST"],
    public: "the token is what its holder proves themselves with",
    foreign: [{ method: "POST", path: "/api/v1/judge/{id}", body: { verdict: "noise" }, make: "none" }],
  },
  {
    file: "api/v1/webhooks/[kind]/[name]/route.ts",
    path: "/api/v1/webhooks/alertmanager/nothing",
    kind: "api",
    methods: ["POST", "PUT"],
    public: "senders prove themselves with the secret of their path",
    foreign: [
      { method: "POST", path: "/api/v1/webhooks/alertmanager/{id}", body: {}, make: "none" },
      { method: "PUT", path: "/api/v1/webhooks/grafana/{id}", body: {}, make: "none" },
    ],
  },
  { file: "api/v1/alert-hooks/route.ts", path: "/api/v1/alert-hooks", kind: "api", methods: ["GET", "POST"] },
  {
    file: "api/v1/alert-hooks/[hookId]/route.ts",
    path: `/api/v1/alert-hooks/${ABSENT}`,
    absent: true,
    kind: "api",
    methods: ["PATCH", "DELETE"],
    foreign: [{ method: "DELETE", path: "/api/v1/alert-hooks/{id}?version=1", make: "alert-hook", closedTo: "some" }],
  },
  {
    file: "api/v1/alert-hooks/[hookId]/rotate/route.ts",
    path: `/api/v1/alert-hooks/${ABSENT}/rotate`,
    absent: true,
    kind: "api",
    methods: ["POST"],
    foreign: [
      {
        method: "POST",
        path: "/api/v1/alert-hooks/{id}/rotate",
        body: { version: 1 },
        make: "alert-hook",
        closedTo: "some",
      },
    ],
  },
  { file: "api/v1/alerts/episodes/route.ts", path: "/api/v1/alerts/episodes", kind: "api", methods: ["GET"] },
  {
    file: "api/v1/alerts/episodes/[episodeId]/route.ts",
    path: `/api/v1/alerts/episodes/${EPISODE}`,
    absent: true,
    kind: "api",
    methods: ["GET"],
    foreign: [{ method: "GET", path: "/api/v1/alerts/episodes/{id}", make: "episode", closedTo: "some" }],
  },
  { file: "api/v1/alerts/rules/route.ts", path: "/api/v1/alerts/rules", kind: "api", methods: ["GET"] },
  { file: "api/v1/alerts/backlog/route.ts", path: "/api/v1/alerts/backlog", kind: "api", methods: ["GET"] },
  {
    file: "api/v1/alerts/verdicts/route.ts",
    path: "/api/v1/alerts/verdicts",
    kind: "api",
    methods: ["POST"],
    foreign: [
      {
        method: "POST",
        path: "/api/v1/alerts/verdicts",
        body: { episodes: ["{id}"], verdict: "noise" },
        make: "episode",
        closedTo: "some",
      },
    ],
  },
  {
    file: "api/v1/alerts/verdict-links/route.ts",
    path: "/api/v1/alerts/verdict-links",
    kind: "api",
    methods: ["POST"],
  },
  { file: "api/v1/on-call/import/route.ts", path: "/api/v1/on-call/import?what=pages", kind: "api", methods: ["POST"] },
  { file: "api/v1/on-call/route.ts", path: "/api/v1/on-call", kind: "api", methods: ["GET"] },
  { file: "api/v1/on-call/responders/route.ts", path: "/api/v1/on-call/responders", kind: "api", methods: ["GET"] },
  {
    file: "api/v1/on-call/responders/[responderId]/route.ts",
    path: `/api/v1/on-call/responders/${ABSENT}`,
    absent: true,
    kind: "api",
    methods: ["PATCH"],
    foreign: [
      {
        method: "PATCH",
        path: "/api/v1/on-call/responders/{id}",
        body: { team: "X" },
        make: "responder",
        closedTo: "some",
      },
    ],
  },
  {
    file: "api/v1/on-call/responders/[responderId]/zones/route.ts",
    path: `/api/v1/on-call/responders/${ABSENT}/zones`,
    absent: true,
    kind: "api",
    methods: ["PUT", "DELETE"],
    foreign: [
      {
        method: "PUT",
        path: "/api/v1/on-call/responders/{id}/zones",
        body: { zone: "Europe/Berlin", from: "2026-01-01T00:00:00Z" },
        make: "responder",
        closedTo: "some",
      },
    ],
  },
  { file: "api/v1/reports/noise/route.ts", path: REVIEW, kind: "api", methods: ["GET"] },
  {
    file: "api/v1/reports/noise/impacts/route.ts",
    path: `${REVIEW}/impacts?month=2026-01`,
    kind: "api",
    methods: ["GET", "POST"],
  },
  {
    file: "api/v1/reports/noise/impacts/[impactId]/route.ts",
    path: `${REVIEW}/impacts/${ABSENT}`,
    absent: true,
    kind: "api",
    methods: ["DELETE"],
    foreign: [{ method: "DELETE", path: `${REVIEW}/impacts/{id}`, make: "impact", closedTo: "some" }],
  },
  {
    file: "api/v1/reports/noise/decisions/[decisionId]/route.ts",
    path: `${REVIEW}/decisions/${ABSENT}`,
    absent: true,
    kind: "api",
    methods: ["PATCH"],
    foreign: [
      {
        method: "PATCH",
        path: `${REVIEW}/decisions/{id}`,
        body: { version: 1, to: "done" },
        make: "none",
        closedTo: "some",
      },
    ],
  },
  {
    file: "api/v1/reports/noise/[month]/route.ts",
    path: `${REVIEW}/2026-01`,
    kind: "api",
    methods: ["GET"],
    foreign: [{ method: "GET", path: `${REVIEW}/{id}`, make: "none", closedTo: "some" }],
  },
  ...(["rows", "decisions", "sign", "summary"] as const).map((part): Surface => {
    const method = ({ rows: "GET", decisions: "POST", sign: "POST", summary: "PUT" } as const)[part];
    const address = part === "rows" ? "rows?figure=wake-ups" : part;
    return {
      file: `api/v1/reports/noise/[month]/${part}/route.ts`,
      path: `${REVIEW}/2026-01/${address}`,
      kind: "api",
      methods: [method],
      foreign: [{ method, path: `${REVIEW}/{id}/${address}`, make: "none", closedTo: "some" }],
    };
  }),
];
