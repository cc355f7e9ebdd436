/** How one thing of each kind is made, and by whom, so that its id can be tried by others. */
import { randomUUID } from "node:crypto";
import type { Foreign } from "../surface";

export interface Asked {
  readonly status: number;
  readonly text: string;
}
export type Ask = (role: string, path: string, wish: Wish) => Promise<Asked>;

export interface Wish {
  readonly method: string;
  readonly body?: unknown;
  /** A CSV body instead. */
  readonly csv?: string;
}

export interface Made {
  readonly owner: string;
  readonly id: string;
}

/** Throws what was answered when it was not made. */
export type Maker = (ask: Ask) => Promise<Made>;

const DAY_MS = 24 * 3_600_000;
const soon = () => new Date(Date.now() + DAY_MS).toISOString();
const aName = () => `t${randomUUID().slice(0, 13)}`;

/** The same wish stands only once. */
const wanted = ["engineer", "manager", "admin"];

const posted =
  (wish: (ask: Ask) => Promise<{ owner: string; path: string; body: unknown }>): Maker =>
  async (ask) => {
    const { owner, path, body } = await wish(ask);
    const { status, text } = await ask(owner, path, { method: "POST", body });
    if (status !== 201) throw new Error(`${path} answered ${String(status)}: ${text}`);
    return { owner, id: idIn(text) };
  };

export const MAKERS: Readonly<Record<Exclude<Foreign["make"], "none" | "session">, Maker>> = {
  token: posted(async () => ({
    owner: "manager",
    path: "/api/v1/tokens",
    body: { name: "mine", role: "manager", days: 1 },
  })),
  "share-link": posted(async () => ({
    owner: "engineer",
    path: "/api/v1/share-links",
    body: { keys: ["order:48192"] },
  })),
  "access-request": posted(async () => ({
    owner: "support",
    path: "/api/v1/access-requests",
    body: { kind: "role", wanted: wanted.shift() ?? "engineer", reason: `a test asks: ${randomUUID()}` },
  })),
  reveal: posted(async () => ({
    owner: "engineer",
    path: "/api/v1/reveals",
    body: {
      ...{ keys: ["order:70001"], fieldClass: "personal", minutes: 1, ticket: "T-1" },
      reason: "A test asks for it, of an order that nobody has.",
    },
  })),
  unlink: posted(async (ask) => {
    const { text } = await ask("engineer", "/api/v1/timeline?{question}", { method: "GET" });
    const [row] = (JSON.parse(text) as { events: { id: string }[] }).events;
    const reason = "a test takes it out and puts it back";
    return {
      owner: "engineer",
      path: "/api/v1/unlinks",
      body: { keys: ["order:48192"], kind: "row", target: row?.id, reason },
    };
  }),
  person: posted(async () => ({
    owner: "admin",
    path: "/api/v1/people",
    body: { email: `${aName()}@security.example`, name: "Somebody", roles: ["support"], teams: [] },
  })),
  grant: posted(async (ask) => {
    const { text } = await ask("admin", "/api/v1/people?filter=vendor", { method: "GET" });
    const { people } = JSON.parse(text) as { people: { id: string; role: string }[] };
    const vendor = people.find(({ role }) => role === "vendor")?.id ?? "";
    const body = { services: ["nothing-of-this-estate"], reason: "a test", expiresAt: soon() };
    return { owner: "admin", path: `/api/v1/people/${vendor}/grants`, body };
  }),
  // Nothing answers there, and it is taken away again at the end of the test.
  source: posted(async () => ({
    owner: "admin",
    path: "/api/v1/sources",
    body: { kind: "loki", name: aName(), url: "https://loki.invalid" },
  })),
  "key-rule": posted(async () => ({
    owner: "admin",
    path: "/api/v1/key-rules",
    body: { name: aName(), kind: "voucher", attributes: [`${aName()}.id`] },
  })),
  "alert-hook": posted(async () => ({
    owner: "admin",
    path: "/api/v1/alert-hooks",
    body: { kind: "alertmanager", name: aName(), auth: "bearer" },
  })),
  impact: posted(async () => ({
    owner: "manager",
    path: "/api/v1/reports/noise/impacts",
    body: {
      ...{ title: "A test", service: "nothing-of-this-estate", severity: "low", firstDetector: "customer" },
      startedAt: "2026-01-01T00:00:00.000Z",
    },
  })),
  episode: async (ask) => {
    const { text } = await ask("engineer", "/api/v1/alerts/episodes?from=now-1d", { method: "GET" });
    return { owner: "engineer", id: idIn(text) };
  },
  // A file names somebody whom an on-call tool pages.
  responder: async (ask) => {
    const csv = `person,name\n${aName()}@security.example,Somebody`;
    const { status, text } = await ask("admin", "/api/v1/on-call/import?what=people", { method: "POST", csv });
    if (status !== 200) throw new Error(`the import answered ${String(status)}: ${text}`);
    return { owner: "admin", id: idIn((await ask("admin", "/api/v1/on-call/responders", { method: "GET" })).text) };
  },
};

/**
 * Whose it is beside who made it: an admin ends anybody's link and reveal, answers anybody's request; unlinks are everybody's
 * who may unlink, alerts everybody's who reads them.
 */
export function isTheirs(make: Foreign["make"], role: string): boolean {
  if (make === "episode") return ["engineer", "manager", "admin"].includes(role);
  return role === "admin" && ["unlink", "share-link", "access-request", "reveal", "impact"].includes(make);
}

/** Of the same shape, and nobody's. */
export function idLike(id: string): string {
  const other = randomUUID();
  return id.includes("-") ? other : other.replaceAll("-", "");
}

/** With the id in its address, and in its body where that has room for one. */
export function withId<Route extends Pick<Foreign, "path" | "body">>({ path, body }: Route, id: string) {
  return {
    path: path.replace("{id}", encodeURIComponent(id)),
    ...(body !== undefined && {
      body: JSON.parse(JSON.stringify(body).replace('"{id}"', JSON.stringify(id))) as unknown,
    }),
  };
}

/** What its owner takes away at the end, by the route that was tried. */
export const ENDED_BY_OWNER: ReadonlySet<Foreign["make"]> = new Set([
  ...(["token", "unlink", "share-link", "grant", "source", "key-rule", "alert-hook", "impact"] as const),
]);

export function idIn(text: string): string {
  return /"id":"([^"]+)"/.exec(text)?.[1] ?? "";
}
