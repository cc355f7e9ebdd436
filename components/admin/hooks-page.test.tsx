import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AlertHookView } from "@/lib/contract/alert-hook";
import { HooksPage } from "./hooks-page";

const AT = "2026-11-23T10:14:03.000Z";
const view = (part: Partial<AlertHookView> = {}): AlertHookView => ({
  ...{ id: "h1", kind: "alertmanager", name: "pages", path: "/api/v1/webhooks/alertmanager/pages", auth: "bearer" },
  ...{ username: "", route: "page", inForce: true, oldUntil: null, rotatedAt: null, lastUsedAt: AT, version: 3 },
  ...{ callsInDay: { count: 12, atLeast: false }, lastRefusal: null, updatedBy: "Ada" },
  ...part,
});
const file = view({ id: null, name: "tickets", path: "/api/v1/webhooks/alertmanager/tickets", version: null });
const list =
  (hooks: readonly AlertHookView[], part = {}) =>
  () =>
    Response.json({ hooks, refused: [], waiting: 0, ...part });

let asked: { call: string; body: unknown }[] = [];
let answers: Record<string, () => Response> = {};
beforeEach(() => {
  asked = [];
  answers = { "GET /api/v1/alert-hooks": list([file, view()]) };
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const call = `${init.method ?? "GET"} ${path}`;
    asked.push({ call, body: typeof init.body === "string" ? JSON.parse(init.body) : undefined });
    return answers[call]?.() ?? new Response(null, { status: 500 });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(): void {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <HooksPage role="admin" />
    </QueryClientProvider>,
  );
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const sent = (call: string) => asked.find((one) => one.call === call)?.body;

it("tells of each hook what it means, where it is from and what it heard", async () => {
  answers["GET /api/v1/alert-hooks"] = list([
    file,
    view({ callsInDay: { count: 5000, atLeast: true }, lastRefusal: { at: AT, why: "The body is not JSON." } }),
  ]);
  open();
  const row = (await screen.findByRole("button", { name: "alertmanager/pages" })).closest("tr");
  expect(row && within(row).getByText("5000 or more")).toBeDefined();
  expect(row && within(row).getByText(/The body is not JSON/)).toBeDefined();
  expect(screen.getByText("provisioned")).toBeDefined();
});

it("shows a new secret once, with what to paste, and forgets it", async () => {
  answers["POST /api/v1/alert-hooks"] = () => Response.json({ hook: view(), secret: "s3cret-canary-0001" });
  open();
  await screen.findByRole("button", { name: "alertmanager/pages" });
  press("Make a hook");
  fireEvent.change(screen.getByLabelText(/^Name/), { target: { value: "Pages!" } });
  expect(screen.getByText(/Expected lower-case letters/)).toBeDefined();
  fireEvent.change(screen.getByLabelText(/^Name/), { target: { value: "pages" } });
  press("Make hook");
  expect(await screen.findByText("s3cret-canary-0001")).toBeDefined();
  expect(screen.getByText(/authorization: \{ credentials: "s3cret-canary-0001" \}/)).toBeDefined();
  expect(sent("POST /api/v1/alert-hooks")).toMatchObject({ kind: "alertmanager", name: "pages", route: "page" });
  press("I have copied it");
  expect(document.body.textContent).not.toContain("canary");
});

it("asks Sentry's hook for the secret that Sentry made", async () => {
  open();
  await screen.findByRole("button", { name: "alertmanager/pages" });
  press("Make a hook");
  fireEvent.change(screen.getByLabelText("Sender"), { target: { value: "sentry" } });
  fireEvent.change(screen.getByLabelText(/^Name/), { target: { value: "issues" } });
  expect(screen.getByRole("button", { name: "Make hook" }).hasAttribute("disabled")).toBe(true);
  fireEvent.change(screen.getByLabelText(/Client Secret/), { target: { value: "x".repeat(32) } });
  press("Make hook");
  await waitFor(() =>
    expect(sent("POST /api/v1/alert-hooks")).toMatchObject({ kind: "sentry", auth: "hmac", secret: "x".repeat(32) }),
  );
});

it("rotates with an overlap, and drops the old secret only after a second press", async () => {
  answers["GET /api/v1/alert-hooks"] = list([view({ oldUntil: AT })]);
  answers["POST /api/v1/alert-hooks/h1/rotate"] = () => Response.json({ hook: view(), secret: "another-secret-0002" });
  answers["PATCH /api/v1/alert-hooks/h1"] = () => Response.json(view({ version: 4 }));
  open();
  fireEvent.click(await screen.findByRole("button", { name: "alertmanager/pages" }));
  press("Drop old secret");
  expect(sent("PATCH /api/v1/alert-hooks/h1")).toBeUndefined();
  press("Really drop it now");
  await waitFor(() => expect(sent("PATCH /api/v1/alert-hooks/h1")).toEqual({ dropOld: true, version: 3 }));
  press("Rotate secret");
  expect(await screen.findByText("another-secret-0002")).toBeDefined();
  expect(sent("POST /api/v1/alert-hooks/h1/rotate")).toEqual({ version: 3, overlapHours: 168 });
});

it("deletes only after a second press", async () => {
  answers["DELETE /api/v1/alert-hooks/h1?version=3"] = () => new Response(null, { status: 204 });
  open();
  fireEvent.click(await screen.findByRole("button", { name: "alertmanager/pages" }));
  press("Delete hook");
  expect(asked.some(({ call }) => call.startsWith("DELETE"))).toBe(false);
  press("Really delete this hook");
  expect(await screen.findByText(/Removed the hook/)).toBeDefined();
});

it("only shows what the file has, with a placeholder for the secret", async () => {
  open();
  fireEvent.click(await screen.findByRole("button", { name: "alertmanager/tickets" }));
  expect(screen.getByText(/Read-only here/)).toBeDefined();
  expect(screen.queryByRole("button", { name: "Rotate secret" })).toBeNull();
  expect(screen.getByRole("dialog").textContent).toContain("THE_SECRET_OF_THIS_HOOK");
});

it.each([
  [
    "denied",
    () =>
      Response.json(
        { type: "about:blank", title: "x", status: 403, code: "forbidden", requestId: "1" },
        { status: 403 },
      ),
    /Hidden for your role/,
  ],
  ["failed", () => new Response(null, { status: 500 }), /could not be fetched/],
  ["empty", list([]), /No hook yet/],
  ["partial", list([view()], { waiting: 3 }), /3 calls are stored and not worked off yet/],
  [
    "partly unreadable",
    list([view()], { refused: [{ source: "sentry/main", at: AT, timesSeen: 2, why: "The body is not JSON." }] }),
    /2 times/,
  ],
  ["not in force", list([view({ inForce: false })]), /Not in force/],
])("says when it is %s", async (_, answer, words) => {
  answers["GET /api/v1/alert-hooks"] = answer;
  open();
  expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
});

it("keeps its shape while it loads", () => {
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
  open();
  expect(screen.getByRole("status", { name: "The hooks: being fetched" })).toBeDefined();
});
