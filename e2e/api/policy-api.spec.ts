/** Who may read and publish the policy, and that a published one counts at once. */
import { expect, test } from "@playwright/test";
import { z } from "zod";
import { demo } from "../support/demo";

type Who = "admin" | "engineer" | "support" | "manager";

async function call(who: Who, method: string, path: string, body?: object) {
  const headers = { authorization: `Bearer ${demo().tokens[who]}`, "content-type": "application/json" };
  const init = body ? { method, headers, body: JSON.stringify(body) } : { method, headers };
  const response = await fetch(`${demo().url}/api/v1/policy${path}`, init);
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
}

const Document = z.looseObject({
  roles: z.array(z.looseObject({ name: z.string(), classes: z.record(z.string(), z.unknown()) })),
});
const Current = z.looseObject({ document: Document, newest: z.number() });

test("a published policy counts from the next answer on, and its tests stop a bad one", async () => {
  const before = Current.parse((await call("admin", "GET", "")).body);
  const withCell = (fieldClass: string, cell: string) => ({
    ...before.document,
    roles: before.document.roles.map((role) =>
      role.name === "support" ? { ...role, classes: { ...role.classes, [fieldClass]: cell } } : role,
    ),
  });
  const bad = { document: withCell("infrastructure", "show"), note: "too much", expected: before.newest };
  expect(await call("admin", "POST", "", bad)).toMatchObject({ status: 400, body: { field: "document.tests.1" } });
  const published = await call("admin", "POST", "", {
    document: withCell("personal", "absent"),
    note: "no personal data",
    expected: before.newest,
  });
  expect(published).toMatchObject({ status: 201, body: { version: before.newest + 1 } });
  const label = `v${String(before.newest + 1)}`;
  const mine = await call("support", "GET", "/mine");
  expect(mine.body).toMatchObject({ role: "support", label });
  expect(JSON.stringify(mine.body)).toContain(
    `Hidden because class personal is not granted to support, policy ${label}.`,
  );
  expect(await call("admin", "POST", "", { ...bad, document: before.document })).toMatchObject({ status: 409 });
  const back = { document: before.document, note: "as it was", expected: before.newest + 1 };
  expect(await call("admin", "POST", "", back)).toMatchObject({ status: 201 });
});

test("a preview covers what the admin may not read", async () => {
  const { document } = Current.parse((await call("admin", "GET", "")).body);
  const wish = { document, role: "engineer", question: { keys: [demo().keys[0]], from: "now-24h" } };
  const { status, body } = await call("admin", "POST", "/preview", wish);
  expect(status).toBe(200);
  const text = JSON.stringify(body);
  expect(text).toContain("‹text scrubbed›");
  const rows = z.array(z.looseObject({ kind: z.string(), title: z.string() })).parse(body["events"]);
  expect(rows.length).toBeGreaterThan(3);
  for (const row of rows.filter(({ kind }) => kind === "log")) expect(row.title).toMatch(/^‹text shown›$|^[A-Z]/);
});

test("other roles read only what their own role sees", async () => {
  // One that an admin could publish: it is refused for who asks, not for what it says.
  const { document, newest } = Current.parse((await call("admin", "GET", "")).body);
  for (const who of ["engineer", "support", "manager"] as const) {
    expect((await call(who, "GET", "")).status).toBe(403);
    expect((await call(who, "GET", "/versions/1")).status).toBe(403);
    const wish = { document, note: "not theirs to publish", expected: newest };
    expect((await call(who, "POST", "", wish)).status).toBe(403);
    expect(await call(who, "GET", "/mine")).toMatchObject({ status: 200, body: { role: who } });
  }
});
