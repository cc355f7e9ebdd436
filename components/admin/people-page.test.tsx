import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { PeopleList, PersonView } from "@/lib/contract/person";
import { PeoplePage } from "./people-page";

const person = (part: Partial<PersonView> = {}): PersonView => ({
  ...{ id: "u1", email: "sam@example.test", name: "Sam", role: "support", roles: ["support"], teams: ["Orders"] },
  ...{ fromGroups: false, disabledAt: null, createdAt: "2026-03-01T10:00:00.000Z", grants: [], self: false, ...part },
});
const roles = [
  { name: "support", description: "Answers customers" },
  { name: "engineer", description: "Finds what broke" },
];
let people: PersonView[];
let asked: { readonly call: string; readonly body: unknown }[];
let answers: Record<string, () => Response>;

beforeEach(() => {
  people = [person()];
  asked = [];
  answers = {};
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const call = `${init.method ?? "GET"} ${path}`;
    asked.push({ call, body: typeof init.body === "string" ? JSON.parse(init.body) : undefined });
    if (call.startsWith("GET")) return Response.json({ people, total: people.length, roles } satisfies PeopleList);
    return answers[call]?.() ?? new Response(null, { status: 204 });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(mayAdminister = true): void {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <PeoplePage role={mayAdminister ? "admin" : "support"} mayAdminister={mayAdminister} />
    </QueryClientProvider>,
  );
}
async function open(name = "Sam") {
  show();
  fireEvent.click(await screen.findByRole("button", { name }));
  return within(await screen.findByRole("dialog"));
}
const sent = (call: string) => asked.find((one) => one.call === call)?.body;
const problem = (status: number, code: string, detail: string) => () =>
  Response.json({ type: "about:blank", title: "x", status, code, detail, requestId: "1" }, { status });

it("gives the link of an invitation once, to be passed on", async () => {
  const invitation = { id: "u2", path: "/setup/abc", expiresAt: "2026-03-02T10:00:00.000Z" };
  answers["POST /api/v1/people"] = () => Response.json(invitation, { status: 201 });
  show();
  fireEvent.click(await screen.findByRole("button", { name: "Invite person" }));
  const dialog = within(await screen.findByRole("dialog"));
  const make = dialog.getByRole<HTMLButtonElement>("button", { name: "Make invitation" });
  fireEvent.change(dialog.getByLabelText("Name"), { target: { value: "Nia" } });
  fireEvent.change(dialog.getByLabelText("E-mail address"), { target: { value: "nia@example.test" } });
  expect(make.disabled).toBe(true);
  fireEvent.click(dialog.getByRole("checkbox", { name: /engineer/ }));
  fireEvent.change(dialog.getByLabelText(/^Teams/), { target: { value: "Orders, Orders, " } });
  fireEvent.click(make);
  expect(await screen.findByText(/\/setup\/abc$/)).toBeDefined();
  const form = { email: "nia@example.test", name: "Nia", roles: ["engineer"], teams: ["Orders"] };
  expect(sent("POST /api/v1/people")).toEqual(form);
});

it("changes roles, and acts in one that is left", async () => {
  const dialog = await open();
  fireEvent.click(dialog.getByRole("checkbox", { name: /engineer/ }));
  fireEvent.click(dialog.getByRole("checkbox", { name: /support/ }));
  fireEvent.click(dialog.getByRole("button", { name: "Save person" }));
  expect(await dialog.findByText("✓ Saved.")).toBeDefined();
  expect(sent("PATCH /api/v1/people/u1")).toMatchObject({ roles: ["engineer"], role: "engineer" });
});

it("says why a change was refused", async () => {
  answers["PATCH /api/v1/people/u1"] = problem(409, "conflict", "Nobody else could administer.");
  const dialog = await open();
  fireEvent.click(dialog.getByRole("button", { name: "Save person" }));
  expect(await dialog.findByText("Nobody else could administer.")).toBeDefined();
});

it("says where the roles come from when the identity provider decides", async () => {
  people = [person({ fromGroups: true })];
  const dialog = await open();
  expect(dialog.getByText(/Roles come from groups of the identity provider/)).toBeDefined();
  expect(dialog.getByRole<HTMLFieldSetElement>("group", { name: "Roles" }).disabled).toBe(true);
  expect(dialog.queryByRole("button", { name: "Invite again" })).toBeNull();
});

it("lets nobody change their own roles, nor grant to themselves", async () => {
  people = [person({ self: true })];
  const dialog = await open();
  expect(dialog.getByRole<HTMLFieldSetElement>("group", { name: "Roles" }).disabled).toBe(true);
  expect(dialog.queryByRole("button", { name: "Disable person" })).toBeNull();
  expect(dialog.queryByRole("button", { name: "Grant access" })).toBeNull();
  fireEvent.click(dialog.getByRole("button", { name: "Save person" }));
  await waitFor(() => {
    expect(sent("PATCH /api/v1/people/u1")).toEqual({ name: "Sam" });
  });
});

it("grants services until the end of a day, and takes a grant back", async () => {
  const grant = { id: "g1", services: ["mail"], oneIncident: false, reason: "Contract" };
  const times = { createdAt: "2026-03-01T10:00:00.000Z", expiresAt: "2026-03-31T00:00:00.000Z" };
  people = [person({ grants: [{ ...grant, ...times, state: "in-force" }] })];
  answers["POST /api/v1/people/u1/grants"] = () => Response.json({ id: "g2" }, { status: 201 });
  const dialog = await open();
  const type = (label: RegExp | string, value: string) =>
    fireEvent.change(dialog.getByLabelText(label), { target: { value } });
  type("Services, separated by commas", "shop, mail");
  type("Why", "Contract 8");
  type(/^Until the end/, "2026-04-01");
  fireEvent.click(dialog.getByRole("button", { name: "Grant access" }));
  await waitFor(() => {
    expect(sent("POST /api/v1/people/u1/grants")).toEqual({
      ...{ services: ["shop", "mail"], reason: "Contract 8", expiresAt: "2026-04-01T23:59:59Z" },
    });
  });
  fireEvent.click(dialog.getByRole("button", { name: "Revoke the grant for mail" }));
  fireEvent.click(dialog.getByRole("button", { name: "Really revoke the grant for mail" }));
  await waitFor(() => {
    expect(asked.map(({ call }) => call)).toContain("DELETE /api/v1/grants/g1");
  });
});

it("is hidden from other roles, and asks for nothing", () => {
  show(false);
  expect(screen.getByText(/Hidden for your role \(support\)/)).toBeDefined();
  expect(asked).toEqual([]);
});
