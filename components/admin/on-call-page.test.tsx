import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { OnCallOverview } from "@/lib/contract/on-call-admin";
import { OnCallPage } from "./on-call-page";

const NOW = "2026-11-23T10:14:03.000Z";
const kim = {
  ...{ id: "r1", handle: "kim@example.com", name: "Kim", team: "Storefront", user: null },
  zones: [
    { zone: "Europe/Berlin", from: "1970-01-01T00:00:00.000Z" },
    { zone: "Asia/Tokyo", from: "2026-10-01T00:00:00.000Z" },
  ],
};
const shift = {
  responderId: "r1",
  schedule: "primary",
  from: "2026-11-20T08:00:00.000Z",
  to: "2026-11-27T08:00:00.000Z",
};
const overview = (part: Partial<OnCallOverview> = {}): OnCallOverview => ({
  ...{ responders: [kim], shifts: [shift], shiftsCut: false, hooks: ["pager"] },
  coverage: [
    { schedule: "primary", share: 0.75, gaps: [{ from: "2026-11-12T08:00:00.000Z", to: "2026-11-13T08:00:00.000Z" }] },
  ],
  range: { from: "2026-11-09T10:14:03.000Z", now: NOW, to: "2026-12-07T10:14:03.000Z" },
  receivers: [{ receiver: "on-call-page", means: "page", episodes: 7, paged: ["r1"] }],
  pages: { lastAt: NOW, count: 40, unmatched: 0 },
  ...part,
});
const result = (part = {}) => ({
  ...{ what: "pages", source: "oncall/pager", checked: true, rows: 415, new: 412, known: 3, matched: 0, refused: 2 },
  refusedLines: [
    { line: 7, column: "at", detail: "Expected a time with zone, such as 2026-10-03T02:14:00Z." },
    { line: 9, column: "", detail: "Expected 5 cells, as in the first line." },
  ],
  ...part,
});

let asked: { call: string; body: BodyInit | null | undefined }[] = [];
let answers: Record<string, () => Response> = {};
beforeEach(() => {
  asked = [];
  answers = { "GET /api/v1/on-call": () => Response.json(overview()) };
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const call = `${init.method ?? "GET"} ${path}`;
    asked.push({ call, body: init.body });
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
      <OnCallPage role="admin" />
    </QueryClientProvider>,
  );
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));
const sent = (call: string) => asked.find((one) => one.call === call)?.body;
async function choose(text: string): Promise<void> {
  const file = new File([text], "pages.csv", { type: "text/csv" });
  fireEvent.change(await screen.findByLabelText("CSV file"), { target: { files: [file] } });
  await waitFor(() => expect(screen.getByRole("button", { name: "Check file" }).hasAttribute("disabled")).toBe(false));
}

it("tells who is paged, whom receivers reach, and when nobody was on call", async () => {
  open();
  expect(await screen.findByText("Asia/Tokyo since 2026-10-01")).toBeDefined();
  const receivers = screen.getByRole("region", { name: "Receivers" });
  expect(within(receivers).getByText("Kim")).toBeDefined();
  expect(screen.getByRole("list", { name: "Coverage" }).textContent).toContain("75 % of the last 14 days covered");
  expect(screen.getByText("● now")).toBeDefined();
});

it("shows what is wrong with a file by line before anything is written, then imports it for the hook", async () => {
  answers["POST /api/v1/on-call/import?what=pages&source=pager&check=1"] = () => Response.json(result());
  answers["POST /api/v1/on-call/import?what=pages&source=pager"] = () => Response.json(result({ checked: false }));
  open();
  await choose("id,person\n");
  expect(screen.getByRole("button", { name: "Import file" }).hasAttribute("disabled")).toBe(true);
  press("Check file");
  expect(
    await screen.findByText(/Nothing is written yet: 412 pages new, 3 already known, 2 lines refused/),
  ).toBeDefined();
  expect(screen.getByRole("list", { name: "Refused lines" }).textContent).toContain("line 7, at: Expected a time");
  press("Import 415 pages");
  expect(await screen.findByText(/✓ Imported: 412 pages new/)).toBeDefined();
  expect(sent("POST /api/v1/on-call/import?what=pages&source=pager")).toBe("id,person\n");
});

it("makes the reader choose among several hooks: the wrong one would count twice", async () => {
  answers["GET /api/v1/on-call"] = () => Response.json(overview({ hooks: ["pager", "second"] }));
  open();
  const file = new File(["id"], "pages.csv");
  fireEvent.change(await screen.findByLabelText("CSV file"), { target: { files: [file] } });
  expect(screen.getByRole("button", { name: "Check file" }).hasAttribute("disabled")).toBe(true);
  fireEvent.change(screen.getByLabelText("The same tool tells through"), { target: { value: "second" } });
  await waitFor(() => expect(screen.getByRole("button", { name: "Check file" }).hasAttribute("disabled")).toBe(false));
});

it("adds a clock from a day on and takes a wrong one back after a second press", async () => {
  answers["PUT /api/v1/on-call/responders/r1/zones"] = () => new Response(null, { status: 204 });
  answers["DELETE /api/v1/on-call/responders/r1/zones?from=2026-10-01T00%3A00%3A00.000Z"] = () =>
    new Response(null, { status: 204 });
  open();
  fireEvent.click(await screen.findByRole("button", { name: "Kim" }));
  expect(screen.getByText("always to 2026-10-01")).toBeDefined();
  fireEvent.change(screen.getByLabelText(/^Zone/), { target: { value: "Mars/Olympus" } });
  expect(screen.getByRole("button", { name: "Add clock" }).hasAttribute("disabled")).toBe(true);
  fireEvent.change(screen.getByLabelText(/^Zone/), { target: { value: "Europe/Paris" } });
  fireEvent.change(screen.getByLabelText(/^From this day/), { target: { value: "2026-11-01" } });
  press("Add clock");
  await waitFor(() =>
    expect(sent("PUT /api/v1/on-call/responders/r1/zones")).toBe(
      JSON.stringify({ zone: "Europe/Paris", from: "2026-11-01T00:00:00Z" }),
    ),
  );
  press(/^Take back Asia\/Tokyo/);
  press(/^Really take back Asia\/Tokyo/);
  await waitFor(() => expect(asked.some(({ call }) => call.startsWith("DELETE"))).toBe(true));
});

it("says who somebody signs in as", async () => {
  answers["PATCH /api/v1/on-call/responders/r1"] = () => new Response(null, { status: 204 });
  open();
  fireEvent.click(await screen.findByRole("button", { name: "Kim" }));
  fireEvent.change(screen.getByLabelText(/^Signs in as/), { target: { value: "kim@demo.example" } });
  press("Save person");
  expect(await screen.findByText("✓ Saved.")).toBeDefined();
  expect(sent("PATCH /api/v1/on-call/responders/r1")).toContain("kim@demo.example");
});

const nothing = overview({
  ...{ responders: [], shifts: [], coverage: [], receivers: [], hooks: [] },
  pages: { lastAt: null, count: 0, unmatched: 0 },
});
const denied = { type: "about:blank", title: "x", status: 403, code: "forbidden", requestId: "1" };
it.each([
  ["denied", () => Response.json(denied, { status: 403 }), /Hidden for your role/],
  ["failed", () => new Response(null, { status: 500 }), /could not be fetched/],
  ["empty", () => Response.json(nothing), /Nobody yet/],
  [
    "partial",
    () => Response.json(overview({ pages: { lastAt: NOW, count: 40, unmatched: 4 } })),
    /4 of 40 found no alert/,
  ],
  ["cut", () => Response.json(overview({ shiftsCut: true })), /The first 1 of these 28 days/],
])("says when it is %s", async (_, answer, words) => {
  answers["GET /api/v1/on-call"] = answer;
  open();
  expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
});

it("keeps its shape while it loads", () => {
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
  open();
  expect(screen.getByRole("status", { name: "What is known of on-call: being fetched" })).toBeDefined();
});
