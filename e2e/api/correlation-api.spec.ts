/** Facts, boundaries, unlinks and completeness, asked through the public API of the running demo. */
import { expect, test } from "@playwright/test";
import { Problem } from "@/lib/contract/problem";
import { TimelineAnswer } from "@/lib/contract/timeline-answer";
import { UnlinkCreated } from "@/lib/contract/unlink";
import { demo } from "../support/demo";

type Role = "engineer" | "support" | "manager" | "admin";

function call(role: Role, path: string, init: RequestInit = {}): Promise<Response> {
  const { url, tokens } = demo();
  const headers = { authorization: `Bearer ${tokens[role]}`, "content-type": "application/json" };
  return fetch(`${url}${path}`, { ...init, headers });
}

/** A closed window, so that live traffic between two questions changes nothing. */
function closedWindow(): string {
  const to = Date.now() - 20_000;
  return `to=${new Date(to).toISOString()}&from=${new Date(to - 3_600_000).toISOString()}`;
}

async function timeline(role: Role, query: string): Promise<TimelineAnswer> {
  const response = await call(role, `/api/v1/timeline?${query}`);
  expect(response.status).toBe(200);
  return TimelineAnswer.parse(await response.json());
}

const unlink = (role: Role, body: object) =>
  call(role, "/api/v1/unlinks", { method: "POST", body: JSON.stringify(body) });

test("one exception that three sources report is one row, and its parts give everything back", async () => {
  const { events, parts, stats } = await timeline("engineer", "key=order:48192");
  const exception = events.find((event) => event.seenIn.length === 3);
  expect([...(exception?.seenIn ?? [])].sort()).toEqual(["loki", "sentry", "tempo"]);
  for (const event of events) {
    const behind = parts.filter((part) => part.partOf === event.id).length;
    expect(event.count, event.title).toBe(1 + behind);
  }
  expect(stats.shown).toBe(events.length);
  expect(stats.parts).toBe(parts.length);
  expect(stats.records).toBe(stats.shown + stats.parts + stats.leftOut);
});

test("the break point is named with its evidence, and nothing is called a cause", async () => {
  const { findings, events, parts } = await timeline("engineer", "key=order:48192");
  const breakPoint = findings.find((finding) => finding.kind === "break-point");
  expect(breakPoint?.service).toBe("status-api");
  expect(breakPoint?.level).not.toBe("inconclusive");
  const known = new Set([...events, ...parts].map((event) => event.id));
  for (const finding of findings) for (const id of finding.events) expect(known.has(id), finding.kind).toBe(true);
  const staff = findings.find((finding) => finding.kind === "staff-impact");
  expect(staff?.level).toBe("likely");
  expect(JSON.stringify(findings)).not.toMatch(/caused by|because of/i);
});

test("widening a shared run brings as many rows as it said it would", async () => {
  const window = closedWindow();
  const narrow = await timeline("engineer", `key=order:48192&${window}`);
  const hub = narrow.keys.find((key) => key.boundary === "hub" && key.widen?.rows !== undefined);
  expect(hub?.widen?.rows).toBeGreaterThan(100);
  const wide = await timeline("engineer", `key=order:48192&widen=trace:${hub?.value ?? ""}&${window}`);
  const brought = wide.stats.shown + wide.stats.parts - narrow.stats.shown - narrow.stats.parts;
  expect(brought).toBe(hub?.widen?.rows);
});

test("an unlinked row stays out for everybody who asks by the same key, until it is put back", async () => {
  const window = closedWindow();
  const asked = `key=order:48207&${window}`;
  const before = await timeline("engineer", asked);
  const target = before.events.find((event) => event.kind === "log" && event.count === 1)?.id ?? "";
  const body = { keys: ["order:48207"], kind: "row", target, reason: "belongs to the load test" };
  const made = UnlinkCreated.parse(await (await unlink("engineer", body)).json());
  try {
    const after = await timeline("engineer", asked);
    expect(after.events.map((event) => event.id)).not.toContain(target);
    expect(after.unlinks).toMatchObject([{ id: made.id, target, reason: "belongs to the load test" }]);
    expect((await timeline("support", asked)).events.map((event) => event.id)).not.toContain(target);
  } finally {
    expect((await call("engineer", `/api/v1/unlinks/${made.id}`, { method: "DELETE" })).status).toBe(204);
  }
  expect((await timeline("engineer", asked)).events.map((event) => event.id)).toContain(target);
});

test("unlinking needs a reason, a found target and a role that may", async () => {
  const good = { keys: ["order:48207"], kind: "row", target: "AAAAAAAAAAAAAAAA", reason: "because" };
  for (const role of ["support", "manager"] as const) expect((await unlink(role, good)).status, role).toBe(403);
  for (const [field, body] of [
    ["reason", { ...good, reason: " " }],
    ["target", { ...good, target: "../../etc" }],
    ["target", { ...good, kind: "key", target: "order:48207" }],
    ["keys", { ...good, keys: ["nonsense"] }],
  ] as const) {
    const response = await unlink("engineer", body);
    expect(response.status, field).toBe(400);
    expect(Problem.parse(await response.json()).field).toContain(field);
  }
});

test("every answer says how complete it is, in the same block for every role", async () => {
  const window = closedWindow();
  const engineer = await timeline("engineer", `key=order:48192&${window}`);
  const support = await timeline("support", `key=order:48192&${window}`);
  expect(support.completeness).toEqual(engineer.completeness);
  expect(engineer.completeness.connected).toBeGreaterThanOrEqual(5);
  const response = await call("engineer", "/api/v1/timeline?key=order:48192&continue=nonsense");
  expect(Problem.parse(await response.json()).field).toBe("continue");
});
