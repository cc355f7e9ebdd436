import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { KeyRuleList, KeyRuleView } from "@/lib/contract/key-rule";
import { KeyRule } from "@/lib/domain/key-rule";
import { KeyRulesPage } from "./key-rules-page";

vi.mock("next/navigation", () => ({ useRouter: () => ({ replace: vi.fn(), refresh: vi.fn() }) }));

const rule = KeyRule.parse({ name: "shop order", kind: "order", attributes: ["order.id"], value: "[0-9]{5}" });
const view = (part: Partial<KeyRuleView> = {}): KeyRuleView => ({
  ...{ id: "r1", rule, provenance: "page", inForce: true, replacedBy: null, version: 1 },
  ...{ updatedAt: "2026-11-23T10:14:03.000Z", updatedBy: "Ada", ...part },
});
const stored = { id: null, version: null, updatedAt: null, updatedBy: null };
const find = { rule: "shop order", draft: true, raw: "ORD-48192", value: "48192", at: "text", start: 6, end: 15 };

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}
let asked: Asked[] = [];
let list: KeyRuleList;
let answers: Record<string, () => Response> = {};

beforeEach(() => {
  asked = [];
  list = { rules: [view()], mayEdit: true, unreadable: [] };
  const nothing = { lines: [], linesGiven: 1, linesTried: 1 };
  answers = {
    "GET /api/v1/key-rules": () => Response.json(list),
    "POST /api/v1/key-rules/test": () => Response.json(nothing),
  };
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const method = init.method ?? "GET";
    asked.push({ method, path, body: typeof init.body === "string" ? JSON.parse(init.body) : undefined });
    return answers[`${method} ${path}`]?.() ?? new Response(null, { status: 500 });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(chosen: string | null | undefined, role: "admin" | "engineer" | "support" = "admin"): QueryClient {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <KeyRulesPage role={role} mayRead={role !== "support"} chosen={chosen} />
    </QueryClientProvider>,
  );
  return client;
}
const problem = (status: number, code: string, detail: string, field?: string) => () =>
  Response.json(
    { type: "about:blank", title: "x", status, code, detail, requestId: "1", ...(field && { field }) },
    { status },
  );
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const disabled = (name: string) => screen.getByRole("button", { name }).hasAttribute("disabled");

it("marks in a pasted line what the rule finds, with its normalised value and its name", async () => {
  const lines = [{ line: 1, finds: [{ ...find, kind: "order" }], misses: [], note: null }];
  answers["POST /api/v1/key-rules/test"] = () => Response.json({ lines, linesGiven: 1, linesTried: 1 });
  open("shop order");
  await screen.findByLabelText("Try it on lines");
  type("Try it on lines", "order ORD-48192 saved");
  await screen.findByText("1 found by this rule, 0 by others, in 1 lines.");
  expect(document.querySelector("mark")?.textContent).toBe("ORD-48192");
  expect(screen.getByText("order:48192").closest("li")?.textContent).toContain("rule “shop order” (this one)");
});

it("keeps the pasted lines when asking again fails, and says that it failed", async () => {
  const client = open("shop order");
  await screen.findByLabelText("Try it on lines");
  type("Try it on lines", "order ORD-48192 saved");
  answers["GET /api/v1/key-rules"] = () => new Response(null, { status: 500 });
  await client.invalidateQueries({ queryKey: ["key-rules"] });
  expect(await screen.findByText(/Shown as it was/)).toBeDefined();
  expect(screen.getByDisplayValue("order ORD-48192 saved")).toBeDefined();
});

it("says at the field what is wrong with a pattern, as one types", async () => {
  const detail = "Expected an RE2 pattern: RE2 has no lookahead.";
  answers["POST /api/v1/key-rules/test"] = problem(400, "bad-request", detail, "rule.text.1");
  open("shop order");
  type(await screen.findByLabelText("Text patterns").then(() => "Text patterns"), "a(b)\n(?=x)(y)");
  await screen.findByText(`✕ Entry 2: ${detail}`);
  expect(screen.getByLabelText("Text patterns").getAttribute("aria-invalid")).toBe("true");
});

it("cannot save a rule that is not complete, nor one that was not changed", async () => {
  open("shop order");
  await screen.findByLabelText("Name");
  expect(disabled("Save rule")).toBe(true);
  type("Name", "");
  expect(disabled("Save rule")).toBe(true);
  expect(screen.getByText("✕ Expected a name.")).toBeDefined();
  type("Name", "shop orders");
  expect(disabled("Save rule")).toBe(false);
});

it("saves with the version that was opened, and says what to do when somebody was faster", async () => {
  answers["PUT /api/v1/key-rules/r1"] = problem(409, "conflict", "Somebody changed this rule since you opened it.");
  open("shop order");
  await screen.findByLabelText("Widths filled with zeros");
  type("Widths filled with zeros", "6, 8");
  fireEvent.click(screen.getByRole("button", { name: "Save rule" }));
  await screen.findByText("Somebody changed this rule since you opened it.");
  const put = asked.find(({ method }) => method === "PUT");
  expect(put?.body).toEqual({ rule: { ...rule, padTo: [6, 8] }, version: 1 });
});

it("keeps unsaved changes until they are given up", async () => {
  const confirm = vi.fn(() => false);
  vi.stubGlobal("confirm", confirm);
  list = { ...list, rules: [view(), view({ ...stored, provenance: "built-in", rule: { ...rule, name: "other" } })] };
  open("shop order");
  await screen.findByLabelText("Name");
  type("Name", "renamed");
  fireEvent.click(screen.getByText("other"));
  expect(confirm).toHaveBeenCalledOnce();
  fireEvent.click(screen.getByRole("button", { name: "Discard changes" }));
  expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("shop order");
});

it("shows a rule of the file without a way to change it, and says so", async () => {
  list = { ...list, rules: [view({ ...stored, provenance: "file" })] };
  open("shop order");
  await screen.findByText(/From the provisioning file. Read-only here/);
  expect(screen.queryByRole("button", { name: /Save|Replace|Remove/ })).toBeNull();
});

it("lets an engineer try and not change", async () => {
  list = { ...list, mayEdit: false };
  open("shop order", "engineer");
  expect((await screen.findByLabelText<HTMLInputElement>("Name")).readOnly).toBe(true);
  expect(screen.queryByRole("button", { name: /Save/ })).toBeNull();
  expect(screen.queryByRole("link", { name: "New rule" })).toBeNull();
  expect(screen.getByLabelText<HTMLTextAreaElement>("Try it on lines").readOnly).toBe(false);
});

it("says to other roles that the page is hidden from them, and asks for nothing", () => {
  open(undefined, "support");
  expect(screen.getByText(/Hidden for your role \(support\)/)).toBeDefined();
  expect(asked).toEqual([]);
});

it("says when rules could not be fetched, and asks again", async () => {
  answers["GET /api/v1/key-rules"] = problem(503, "overloaded", "Too busy.");
  open(undefined);
  fireEvent.click(await screen.findByRole("button", { name: "Ask again" }));
  await waitFor(() => {
    expect(asked.filter(({ method }) => method === "GET")).toHaveLength(2);
  });
});

it("says which stored rules cannot be used, and which stands in another's place", async () => {
  const builtIn = view({ ...stored, provenance: "built-in", inForce: false, replacedBy: "page" });
  list = { ...list, rules: [builtIn, view()], unreadable: [{ id: "r2", name: "from the future", version: 3 }] };
  open(undefined);
  await screen.findByText("Not in force: replaced by a rule of this page.");
  expect(screen.getByText("from the future")).toBeDefined();
});
