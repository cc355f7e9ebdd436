/** Fifty questions of five roles at once: each gets its own answer, the same as when nobody else asks. */
import { expect } from "@playwright/test";
import { ask, steady } from "./support/ask";
import { test } from "./support/estate";
import { SURFACES } from "./surfaces";

test.describe.configure({ timeout: 300_000 });

const ASKERS = ["support", "engineer", "manager", "admin", "finance"] as const;
const ROUNDS = 10;

test("interleaved answers of five roles are never another's, cold or warm", async ({ estate }) => {
  const question = "/api/v1/timeline?{question}";
  const alone = new Map<string, string>();
  for (const role of ASKERS) alone.set(role, steady((await ask(estate, role, question)).text));
  expect(new Set(alone.values()).size).toBe(ASKERS.length);
  for (let round = 0; round < ROUNDS; round++) {
    const order = ASKERS.map((_, n) => ASKERS[(n + round) % ASKERS.length] ?? "support");
    const answers = await Promise.all(order.map(async (role) => [role, await ask(estate, role, question)] as const));
    for (const [role, { status, text }] of answers) {
      expect([role, status]).toEqual([role, 200]);
      expect([role, differing(steady(text), alone.get(role) ?? "{}")]).toEqual([role, []]);
    }
  }
});

test("no answer may be kept or shared", async ({ estate }) => {
  for (const { kind, methods, path, public: isPublic, file, absent } of SURFACES) {
    if (absent) continue;
    if (kind !== "api" || !methods.includes("GET") || isPublic !== undefined) continue;
    const { headers } = await ask(estate, "admin", path);
    expect([file, headers.get("cache-control")]).toEqual([file, "private, no-store"]);
    expect(headers.get("vary")?.toLowerCase()).toContain("cookie");
    expect(headers.get("vary")?.toLowerCase()).toContain("authorization");
    expect([file, headers.get("etag")]).toEqual([file, null]);
  }
  const frames = await ask(estate, "admin", "/api/v1/timeline?{question}", {
    headers: { accept: "application/x-ndjson" },
  });
  expect(frames.headers.get("cache-control")).toContain("private, no-store");
});

/** Names of the parts that are not the same. */
function differing(one: string, other: string): string[] {
  const [a, b] = [one, other].map((text) => JSON.parse(text) as Record<string, unknown>);
  return Object.keys({ ...a, ...b }).filter((name) => JSON.stringify(a?.[name]) !== JSON.stringify(b?.[name]));
}
