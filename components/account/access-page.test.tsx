import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AccessRequestList, AccessRequestView } from "@/lib/contract/access-request";
import type { GrantView, OwnGrants } from "@/lib/contract/person";
import { RequestsPage } from "../admin/requests-page";
import { AccessPage } from "./access-page";

const request = (part: Partial<AccessRequestView> = {}): AccessRequestView => ({
  ...{ id: "q1", by: "Sam", mine: true, role: "support", kind: "role", wanted: "engineer", reason: "On call soon." },
  ...{ state: "open", answer: "", askedAt: "2026-03-01T10:00:00.000Z", answeredAt: null, ...part },
});
let list: AccessRequestList;
let shared: OwnGrants;
let asked: { readonly call: string; readonly body: unknown }[];

beforeEach(() => {
  asked = [];
  shared = { grants: [] };
  const roles = [{ name: "engineer", description: "Finds what broke" }];
  list = { requests: [], complete: true, mayAnswer: false, roles, fromGroups: false };
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const call = `${init.method ?? "GET"} ${path}`;
    asked.push({ call, body: typeof init.body === "string" ? JSON.parse(init.body) : undefined });
    if (call === "GET /api/v1/grants") return Response.json(shared);
    if (call.startsWith("GET")) return Response.json(list);
    return call.endsWith("requests")
      ? Response.json({ id: "q9" }, { status: 201 })
      : new Response(null, { status: 204 });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(page: React.ReactNode): void {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      {page}
    </QueryClientProvider>,
  );
}
const sent = (call: string) => asked.find((one) => one.call === call)?.body;

const grant = (part: Partial<GrantView>): GrantView => ({
  ...{ id: "g1", services: ["payment-gateway"], oneIncident: false, reason: "Contract 7.", state: "in-force" },
  ...{ createdAt: "2026-03-01T10:00:00.000Z", expiresAt: "2026-03-31T23:59:59.000Z", ...part },
});

it("lists what was shared with a vendor, in which scope and until when", async () => {
  shared.grants = [
    grant({}),
    grant({ id: "g2", services: [], oneIncident: true, state: "expired", reason: "" }),
    grant({ id: "g3", services: ["another service"], state: "revoked" }),
  ];
  show(<AccessPage role="vendor" mayReveal={false} />);
  const rows = within(await screen.findByRole("region", { name: "Shared with you" })).getAllByRole("row");
  expect(rows.slice(1).map((row) => row.textContent)).toEqual([
    expect.stringMatching(/^payment-gateway2026-03-01 .*2026-03-31 .*in forceContract 7\.$/),
    expect.stringMatching(/^every service in one incident.*endedhidden for your role$/),
    expect.stringMatching(/^another service.*taken back/),
  ]);
});

it("says so when nothing was shared", async () => {
  show(<AccessPage role="vendor" mayReveal={false} />);
  expect(await screen.findByText("Nothing beyond your role.")).toBeDefined();
});

it("asks for a role or for a class of fields, with a reason", async () => {
  show(<AccessPage role="support" mayReveal />);
  const ask = await screen.findByRole<HTMLButtonElement>("button", { name: "Ask for access" });
  expect(ask.disabled).toBe(true);
  fireEvent.change(screen.getByLabelText("What you need"), { target: { value: "class:infrastructure" } });
  fireEvent.change(screen.getByLabelText("Why"), { target: { value: "I route calls to hosts." } });
  fireEvent.click(ask);
  await waitFor(() => {
    expect(sent("POST /api/v1/access-requests")).toEqual({
      ...{ kind: "class", wanted: "infrastructure", reason: "I route calls to hosts." },
    });
  });
  expect(screen.queryByRole("option", { name: "Secrets" })).toBeNull();
});

it("says so when older requests are not listed, and only then", async () => {
  list.requests = [request(), request({ id: "q3", mine: false, by: "Eve" })];
  show(<AccessPage role="support" mayReveal={false} />);
  await screen.findByRole("heading", { name: "Your requests" });
  expect(screen.queryByText(/of unknown/)).toBeNull();
  cleanup();
  list = { ...list, complete: false };
  show(<AccessPage role="support" mayReveal={false} />);
  await screen.findByText("Shown 1 of unknown: older ones are not listed here.");
});

it("shows what became of one's requests, and takes back an open one", async () => {
  const refused = request({ id: "q2", wanted: "admin", state: "refused", answer: "Not needed." });
  list.requests = [request(), refused, request({ id: "q3", mine: false, by: "Eve", reason: "Of somebody else." })];
  show(<AccessPage role="support" mayReveal={false} />);
  expect(await screen.findByText("“Not needed.”")).toBeDefined();
  expect(screen.queryByText("Of somebody else.")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Take back the request for engineer" }));
  fireEvent.click(screen.getByRole("button", { name: "Really take back the request for engineer" }));
  await waitFor(() => {
    expect(asked.map(({ call }) => call)).toContain("POST /api/v1/access-requests/q1/withdraw");
  });
});

it("is answered by an admin in words", async () => {
  list = { ...list, mayAnswer: true, requests: [request({ mine: false })] };
  show(<RequestsPage role="admin" mayAnswer />);
  const grant = await screen.findByRole<HTMLButtonElement>("button", { name: "Grant the role engineer to Sam" });
  expect(grant.disabled).toBe(true);
  fireEvent.change(screen.getByLabelText("Your answer to Sam"), { target: { value: "Welcome." } });
  fireEvent.click(grant);
  await waitFor(() => {
    expect(sent("POST /api/v1/access-requests/q1/answer")).toEqual({ granted: true, words: "Welcome." });
  });
});

it("is not answered by who asked", async () => {
  list = { ...list, mayAnswer: true, requests: [request()] };
  show(<RequestsPage role="admin" mayAnswer />);
  expect(await screen.findByText("Somebody else answers your own requests.")).toBeDefined();
  expect(screen.queryByRole("button", { name: /Grant|Refuse/ })).toBeNull();
});
