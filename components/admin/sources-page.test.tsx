import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SourceDraft, type SourcePoll, type SourceView } from "@/lib/contract/source";
import { SourcesPage } from "./sources-page";

vi.mock("next/navigation", () => ({ useRouter: () => ({ replace: vi.fn(), refresh: vi.fn() }) }));

const draft = SourceDraft.omit({ token: true, password: true }).parse({
  ...{ kind: "loki", name: "product", url: "https://loki.example.com/" },
});
const view = (part: Partial<SourceView> = {}): SourceView => ({
  ...{ id: "s1", source: "loki/product", kind: "loki", name: "product", url: "https://loki.example.com" },
  ...{ provenance: "page", state: "in-force", secrets: { token: "set", password: "unset" }, settings: draft },
  ...{ audience: "product", probe: null, version: 3, updatedAt: "2026-11-23T10:14:03.000Z", updatedBy: "Ada" },
  ...part,
});
const provisioned = view({
  ...{ id: null, source: "tempo/main", kind: "tempo", name: "main", url: "http://tempo:3200", settings: null },
  ...{ provenance: "provisioned", secrets: { token: "unset", password: "unset" }, version: null, updatedBy: null },
});

interface Asked {
  readonly call: string;
  readonly body: unknown;
}
let asked: Asked[] = [];
let answers: Record<string, () => Response> = {};

beforeEach(() => {
  asked = [];
  answers = { "GET /api/v1/sources": () => Response.json({ sources: [provisioned, view()], polls: [] }) };
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

function open(chosen: string | null | undefined): QueryClient {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <SourcesPage role="admin" chosen={chosen} />
    </QueryClientProvider>,
  );
  return client;
}
const problem = (status: number, code: string, detail: string, field?: string) => () =>
  Response.json(
    { type: "about:blank", title: "x", status, code, detail, requestId: "1", ...(field && { field }) },
    { status },
  );
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const sent = (call: string) => asked.find((one) => one.call === call)?.body;
const probe = (failure: string | null) => () =>
  Response.json({ ok: failure === null, failure, elapsedMs: 12, at: "2026-11-23T10:14:03.000Z" });

it("lists where each source comes from and which credentials are set", async () => {
  open(undefined);
  const row = (await screen.findByRole("link", { name: "loki/product" })).closest("tr");
  expect(row && within(row).getByText("● token set")).toBeDefined();
  expect(screen.getByText("tempo:3200")).toBeDefined();
  expect(screen.queryByRole("link", { name: "tempo/main" })).toBeNull();
});

it("says when each polled source was last heard, why the last try failed and what that means", async () => {
  const poll = (part: Partial<SourcePoll>): SourcePoll => ({
    ...{ source: "alertmanager/main", what: "alerts", everySeconds: 30, state: "heard", failure: null },
    ...{ heardAt: "2026-11-23T10:14:03.000Z", ...part },
  });
  const polls = [
    poll({}),
    poll({ source: "sentry/web", what: "crons", state: "failed", failure: "denied", heardAt: null }),
    poll({ source: "prometheus/main", what: "rules", state: "late", everySeconds: 300 }),
    poll({ source: "prometheus/two", what: "rules", state: "off", everySeconds: 0 }),
  ];
  answers["GET /api/v1/sources"] = () => Response.json({ sources: [provisioned], polls });
  open(undefined);
  const rowOf = (source: string) => screen.getByText(source).closest("tr")?.textContent;
  await screen.findByText("sentry/web");
  expect(rowOf("alertmanager/main")).toMatch(/what fires.*10:14:03✓ answered$/);
  expect(rowOf("sentry/web")).toMatch(
    /cron monitorsnever✕ refused our credentialsMissed runs since then are not known/,
  );
  expect(rowOf("prometheus/main")).toMatch(/No answer in three times 300 s.*dated by the next answer/);
  expect(rowOf("prometheus/two")).toMatch(/switched off: alerts\.rulePollSeconds is 0$/);
});

it("never fills a secret into the page, and keeps it when nothing is typed", async () => {
  answers["PUT /api/v1/sources/s1"] = () => Response.json(view({ version: 4, audience: "internal" }));
  open("loki/product");
  fireEvent.change(await screen.findByLabelText("Audience"), { target: { value: "internal" } });
  expect(document.querySelector('input[type="password"][value]:not([value=""])')).toBeNull();
  press("Save source");
  await waitFor(() => expect(sent("PUT /api/v1/sources/s1")).toMatchObject({ version: 3 }));
  const body = JSON.stringify(sent("PUT /api/v1/sources/s1"));
  expect(body).not.toContain("token");
  expect(body).toContain('"audience":"internal"');
});

it("replaces and clears a secret only when told", async () => {
  answers["PUT /api/v1/sources/s1"] = () => Response.json(view({ version: 4 }));
  open("loki/product");
  await screen.findByLabelText("Address");
  press("Clear token");
  press("Save source");
  await waitFor(() => expect(sent("PUT /api/v1/sources/s1")).toMatchObject({ source: { token: null } }));
  // What was typed is gone from the page once it is stored.
  await waitFor(() => press("Replace token"));
  asked = [];
  fireEvent.change(screen.getByLabelText("Token"), { target: { value: "glsa_new" } });
  press("Save source");
  await waitFor(() => expect(sent("PUT /api/v1/sources/s1")).toMatchObject({ source: { token: "glsa_new" } }));
  await waitFor(() => expect(screen.queryByDisplayValue("glsa_new")).toBeNull());
});

it("tests a draft before it is stored, with the secrets of the source that it changes", async () => {
  answers["POST /api/v1/sources/test"] = probe("denied");
  open("loki/product");
  await screen.findByLabelText("Address");
  press("Test connection");
  expect(await screen.findByText(/refused our credentials/)).toBeDefined();
  expect(sent("POST /api/v1/sources/test")).toMatchObject({ id: "s1", draft: { name: "product" } });
});

it("tests what is connected from its row", async () => {
  answers["POST /api/v1/sources/test"] = probe(null);
  open(undefined);
  await screen.findByText("tempo:3200");
  press("Test tempo/main");
  expect(await screen.findByText(/answered in/)).toBeDefined();
  expect(sent("POST /api/v1/sources/test")).toEqual({ source: "tempo/main" });
});

it("shows at the field what the server refused", async () => {
  answers["POST /api/v1/sources"] = problem(400, "bad-request", "Expected a public address.", "url");
  open(null);
  fireEvent.change(await screen.findByLabelText("Address"), { target: { value: "https://10.0.0.1" } });
  press("Connect source");
  expect(await screen.findByText("✕ Expected a public address.")).toBeDefined();
  expect(screen.getByLabelText("Address").getAttribute("aria-invalid")).toBe("true");
});

it("asks for leave before plain http", async () => {
  open(null);
  fireEvent.change(await screen.findByLabelText("Address"), { target: { value: "http://loki.example.com" } });
  expect(screen.getByRole("checkbox", { name: /Plain http is meant/ })).toBeDefined();
});

it("keeps what is being typed when asking again fails, and says that it failed", async () => {
  const client = open("loki/product");
  fireEvent.change(await screen.findByLabelText("Address"), { target: { value: "https://other.example.com" } });
  answers["GET /api/v1/sources"] = () => new Response(null, { status: 500 });
  await client.invalidateQueries({ queryKey: ["sources"] });
  expect(await screen.findByText(/Shown as it was/)).toBeDefined();
  expect(screen.getByDisplayValue("https://other.example.com")).toBeDefined();
});

it("removes after a question", async () => {
  answers["DELETE /api/v1/sources/s1?version=3"] = () => new Response(null, { status: 204 });
  open("loki/product");
  await screen.findByLabelText("Address");
  press("Remove source");
  expect(asked.some(({ call }) => call.startsWith("DELETE"))).toBe(false);
  press("Remove loki/product");
  expect(await screen.findByText("✓ Removed the source.")).toBeDefined();
});

it.each([
  ["denied", problem(403, "forbidden", "Only admins."), /Hidden for your role/],
  ["failed", () => new Response(null, { status: 500 }), /could not be fetched/],
  ["empty", () => Response.json({ sources: [], polls: [] }), /Nothing is connected yet/],
  ["locked", () => Response.json({ sources: [view({ state: "locked" })], polls: [] }), /open with no known key/],
])("says when it is %s", async (_, answer, words) => {
  answers["GET /api/v1/sources"] = answer;
  open(undefined);
  expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
});
