/** How one thing of each kind is made, and by whom, so that its id can be tried by others. */
import { randomUUID } from "node:crypto";
import type { Foreign } from "../surface";

export interface Asked {
  readonly status: number;
  readonly text: string;
}
export type Ask = (role: string, path: string, wish: { method: string; body?: unknown }) => Promise<Asked>;

interface Maker {
  readonly owner: string;
  readonly path: string;
  readonly body: unknown;
}

const DAY_MS = 24 * 3_600_000;
const soon = () => new Date(Date.now() + DAY_MS).toISOString();
const aName = () => `t${randomUUID().slice(0, 13)}`;

/** The same wish stands only once. */
const wanted = ["engineer", "manager", "admin"];

export const MAKERS: Readonly<Record<Exclude<Foreign["make"], "none" | "session">, (ask: Ask) => Promise<Maker>>> = {
  token: async () => ({ owner: "manager", path: "/api/v1/tokens", body: { name: "mine", role: "manager", days: 1 } }),
  "share-link": async () => ({ owner: "engineer", path: "/api/v1/share-links", body: { keys: ["order:48192"] } }),
  "access-request": async () => ({
    owner: "support",
    path: "/api/v1/access-requests",
    body: { kind: "role", wanted: wanted.shift() ?? "engineer", reason: `a test asks: ${randomUUID()}` },
  }),
  reveal: async () => ({
    owner: "engineer",
    path: "/api/v1/reveals",
    body: {
      ...{ keys: ["order:70001"], fieldClass: "personal", minutes: 1, ticket: "T-1" },
      reason: "A test asks for it, of an order that nobody has.",
    },
  }),
  unlink: async (ask) => {
    const { text } = await ask("engineer", "/api/v1/timeline?{question}", { method: "GET" });
    const [row] = (JSON.parse(text) as { events: { id: string }[] }).events;
    const reason = "a test takes it out and puts it back";
    return {
      owner: "engineer",
      path: "/api/v1/unlinks",
      body: { keys: ["order:48192"], kind: "row", target: row?.id, reason },
    };
  },
  person: async () => ({
    owner: "admin",
    path: "/api/v1/people",
    body: { email: `${aName()}@security.example`, name: "Somebody", roles: ["support"], teams: [] },
  }),
  grant: async (ask) => {
    const { text } = await ask("admin", "/api/v1/people?filter=vendor", { method: "GET" });
    const { people } = JSON.parse(text) as { people: { id: string; role: string }[] };
    const vendor = people.find(({ role }) => role === "vendor")?.id ?? "";
    const body = { services: ["nothing-of-this-estate"], reason: "a test", expiresAt: soon() };
    return { owner: "admin", path: `/api/v1/people/${vendor}/grants`, body };
  },
  // Nothing answers there, and it is taken away again at the end of the test.
  source: async () => ({
    owner: "admin",
    path: "/api/v1/sources",
    body: { kind: "loki", name: aName(), url: "https://loki.invalid" },
  }),
  "key-rule": async () => ({
    owner: "admin",
    path: "/api/v1/key-rules",
    body: { name: aName(), kind: "voucher", attributes: [`${aName()}.id`] },
  }),
  "alert-hook": async () => ({
    owner: "admin",
    path: "/api/v1/alert-hooks",
    body: { kind: "alertmanager", name: aName(), auth: "bearer" },
  }),
  impact: async () => ({
    owner: "manager",
    path: "/api/v1/reports/noise/impacts",
    body: {
      ...{ title: "A test", service: "nothing-of-this-estate", severity: "low", firstDetector: "customer" },
      startedAt: "2026-01-01T00:00:00.000Z",
    },
  }),
};

/** An admin ends anybody's link and reveal, answers anybody's request; unlinks are everybody's who may unlink. */
export const ADMINS_MAY: ReadonlySet<Foreign["make"]> = new Set([
  ...(["unlink", "share-link", "access-request", "reveal", "impact"] as const),
]);

/** What its owner takes away at the end, by the route that was tried. */
export const ENDED_BY_OWNER: ReadonlySet<Foreign["make"]> = new Set([
  ...(["token", "unlink", "share-link", "grant", "source", "key-rule", "alert-hook", "impact"] as const),
]);

export function idIn(text: string): string {
  return /"id":"([^"]+)"/.exec(text)?.[1] ?? "";
}
