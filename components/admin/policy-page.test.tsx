import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { PolicyCheck, PolicyView } from "@/lib/contract/policy";
import type { PolicyDocument } from "@/lib/domain/policy";
import { PolicyPage } from "./policy-page";

// Every draft rests for a moment before it is checked.
configure({ asyncUtilTimeout: 4_000 });
vi.setConfig({ testTimeout: 20_000 });

const DOCUMENT: PolicyDocument = {
  roles: [
    {
      name: "support",
      description: "",
      classes: { workflow: "show", note: { own: "scrub", other: "absent" } },
      rows: [{ rows: { kinds: ["alert"] }, grant: "stub" }],
      abilities: ["ask"],
      mayReveal: [],
    },
    { name: "admin", description: "", classes: {}, rows: [], abilities: ["administer"], mayReveal: [] },
    { name: "finance", description: "", classes: {}, rows: [], abilities: [], mayReveal: [] },
  ],
  fields: {},
  keyKinds: {},
  tests: [{ role: "support", field: "db.statement", never: "see" }],
};
const HELD = { role: "support", field: "db.statement", passed: true, reason: "held" };

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}
let asked: Asked[] = [];
let view: PolicyView;
let check: PolicyCheck;
let answers: Record<string, () => Response> = {};

beforeEach(() => {
  asked = [];
  view = {
    ...{ document: DOCUMENT, label: "v3", hash: "abcdef", provisioned: false, unreadable: false, newest: 3 },
    fileFields: { "shop.tag": "text" },
    history: [
      { version: 3, hash: "abcdef", note: "now", restores: null, by: "Ada", at: "2026-11-26T10:00:00.000Z" },
      { version: 2, hash: "beef", note: "before", restores: null, by: "Eve", at: "2026-11-25T10:00:00.000Z" },
    ],
  };
  check = { problems: [], tests: [HELD], changes: [], notes: [] };
  answers = {
    "GET /api/v1/policy": () => Response.json(view),
    "POST /api/v1/policy/check": () => Response.json(check),
  };
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const method = init.method ?? "GET";
    asked.push({ method, path, body: typeof init.body === "string" ? JSON.parse(init.body) : undefined });
    return answers[`${method} ${path}`]?.() ?? new Response(null, { status: 500 });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open() {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <PolicyPage role="admin" />
    </QueryClientProvider>,
  );
}
const problem = (status: number, code: string, detail: string) => () =>
  Response.json({ type: "about:blank", title: "x", status, code, detail, requestId: "1" }, { status });
const choose = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const publishButton = () => screen.getByRole("button", { name: "Publish policy…" });
const drafts = () => asked.filter(({ path }) => path.endsWith("/check")).map(({ body }) => body);

it("a changed cell is marked, checked as a draft, and published with a note and the version that was seen", async () => {
  answers["POST /api/v1/policy"] = () =>
    Response.json({ version: 4, hash: "f", note: "n", restores: null, by: "Ada", at: "2026-11-26T11:00:00.000Z" });
  open();
  await screen.findByLabelText("staff for support");
  expect(publishButton().hasAttribute("disabled")).toBe(true);
  const sentence = "support: staff was absent, and becomes team.";
  check = {
    ...check,
    changes: [
      { role: "support", subject: "class", name: "staff", before: "absent", after: "team", effect: "more", sentence },
    ],
  };
  choose("staff for support", "team");
  await screen.findByText("changed, absent is in force");
  await screen.findByText(sentence);
  await waitFor(() => {
    expect(publishButton().hasAttribute("disabled")).toBe(false);
  });
  fireEvent.click(publishButton());
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByText(/^1 newly shown, 0 shown otherwise, 0 newly hidden/)).toBeTruthy();
  expect(dialog.getByRole("button", { name: "Publish policy" }).hasAttribute("disabled")).toBe(true);
  fireEvent.change(dialog.getByLabelText("Why"), { target: { value: "support sees teams" } });
  fireEvent.click(dialog.getByRole("button", { name: "Publish policy" }));
  await screen.findByText(/Published v4/);
  const posted = asked.find(({ method, path }) => method === "POST" && path === "/api/v1/policy");
  expect(posted?.body).toMatchObject({
    note: "support sees teams",
    expected: 3,
    document: { roles: [{ name: "support", classes: { staff: "team" } }, {}, {}] },
  });
});

it("a failing test is named with its reason and stops the publish", async () => {
  open();
  await screen.findByLabelText("code for support");
  check = { ...check, tests: [{ ...HELD, passed: false, reason: "support is granted scrub of class code." }] };
  choose("code for support", "scrub");
  await screen.findByText("support is granted scrub of class code.");
  await screen.findByText("✕ 1 test failing: it cannot be published.");
  expect(publishButton().hasAttribute("disabled")).toBe(true);
});

it("a problem is told with its place and stops the publish", async () => {
  open();
  await screen.findByLabelText("code for support");
  check = { ...check, problems: [{ path: "roles.admin.abilities", detail: "Expected your own role to keep it." }] };
  choose("code for support", "scrub");
  await screen.findByText("roles.admin.abilities");
  expect(publishButton().hasAttribute("disabled")).toBe(true);
});

it("a cell by scope becomes one for both, and back", async () => {
  open();
  await screen.findByLabelText("note for support, in the own scope");
  fireEvent.click(screen.getByRole("button", { name: /^same everywhere.*note for support/ }));
  expect(screen.getByLabelText<HTMLSelectElement>("note for support").value).toBe("absent");
  choose("note for support", "by scope");
  choose("note for support, in the own scope", "scrub");
  await waitFor(() => {
    expect(drafts().at(-1)).toMatchObject({ document: DOCUMENT });
  });
  await screen.findByText("No changes.");
});

it("a role is copied, and only a role of one's own can be removed", async () => {
  open();
  await screen.findByRole("heading", { name: "support" });
  expect(screen.queryByRole("button", { name: "Remove role" })).toBeNull();
  fireEvent.change(screen.getByLabelText("New role"), { target: { value: "support" } });
  expect(screen.getByText("✕ There is a role of this name.")).toBeTruthy();
  fireEvent.change(screen.getByLabelText("New role"), { target: { value: "night-shift" } });
  fireEvent.click(screen.getByRole("button", { name: "Copy support" }));
  await screen.findByRole("heading", { name: "night-shift" });
  expect(screen.getByLabelText<HTMLSelectElement>("workflow for night-shift").value).toBe("show");
  fireEvent.click(screen.getByRole("button", { name: "Remove role" }));
  await screen.findByRole("heading", { name: "support" });
});

it("row rules stand there as sentences and change as one edits them", async () => {
  open();
  await screen.findByText(/^Rows of kind alert: as a stub/);
  fireEvent.click(screen.getByRole("button", { name: "Edit rule 1" }));
  fireEvent.change(screen.getByLabelText("Labels"), { target: { value: "team" } });
  expect(screen.getByText(/Expected name=value/)).toBeTruthy();
  fireEvent.change(screen.getByLabelText("Labels"), { target: { value: "team=billing" } });
  fireEvent.click(screen.getByLabelText("in full"));
  await screen.findByText("Rows of kind alert with team billing: in full.");
});

it("an incident is asked for as both roles under the draft", async () => {
  answers["POST /api/v1/policy/preview"] = problem(400, "bad-request", "Expected one of these kinds: order.");
  open();
  await screen.findByText("No changes.");
  fireEvent.change(screen.getByLabelText("Ids of the incident"), { target: { value: "order:48192" } });
  fireEvent.change(screen.getByLabelText("Right role"), { target: { value: "finance" } });
  fireEvent.click(screen.getByRole("button", { name: "Show incident" }));
  await screen.findByText(/Expected one of these kinds: order/);
  const wishes = asked.filter(({ path }) => path.endsWith("/preview")).map(({ body }) => body);
  expect(wishes).toMatchObject([
    { role: "support", question: { keys: ["order:48192"], from: "now-1h" } },
    { role: "finance" },
  ]);
});

it("an older version is loaded as a draft and published as what it restores", async () => {
  const older = { ...DOCUMENT, tests: [] };
  answers["GET /api/v1/policy/versions/2"] = () => Response.json({ ...view.history[1], document: older, changes: [] });
  answers["POST /api/v1/policy"] = problem(409, "conflict", "Somebody published another policy.");
  open();
  fireEvent.click(await screen.findByRole("button", { name: "Load v2 as draft" }));
  await waitFor(() => {
    expect(publishButton().hasAttribute("disabled")).toBe(false);
  });
  fireEvent.click(publishButton());
  fireEvent.change(await screen.findByLabelText("Why"), { target: { value: "back" } });
  fireEvent.click(screen.getByRole("button", { name: "Publish policy" }));
  await screen.findByText("✕ Somebody published another policy.");
  expect(asked.at(-1)?.body).toMatchObject({ restores: 2, expected: 3, document: older });
  expect(screen.getByRole("button", { name: /Load the newer policy/ })).toBeTruthy();
});

it("a provisioned policy is read-only and says so", async () => {
  view = { ...view, provisioned: true, label: "file" };
  open();
  await screen.findByText(/From the provisioning file. Read-only here/);
  expect(screen.queryByRole("button", { name: /Publish|Discard|Remove|Add|Copy|Edit|Load/ })).toBeNull();
  expect(
    screen.queryAllByRole("combobox").every((one) => one.closest("section")?.getAttribute("aria-label") === "Preview"),
  ).toBe(true);
});

it("fields of the file stand beside the policy's own", async () => {
  open();
  const tag = await screen.findByText("shop.tag");
  expect(tag.closest("li")?.textContent).toContain("file");
});

it("other roles are told that the page is not for them", async () => {
  answers["GET /api/v1/policy"] = problem(403, "forbidden", "Only admins may do this.");
  open();
  await screen.findByText(/Hidden for your role \(admin\)/);
});

it("a failure says so and can be tried again", async () => {
  answers["GET /api/v1/policy"] = () => new Response(null, { status: 500 });
  open();
  await screen.findByText(/The policy could not be fetched/);
  answers["GET /api/v1/policy"] = () => Response.json(view);
  fireEvent.click(screen.getByRole("button", { name: "Ask again" }));
  await screen.findByLabelText("staff for support");
});
