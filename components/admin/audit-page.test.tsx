import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { NuqsTestingAdapter, type UrlUpdateEvent } from "nuqs/adapters/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AuditEntryView, AuditPageView, WhoSawView } from "@/lib/contract/audit";
import { AuditPage } from "./audit-page";

const ada = { id: "0190a1b2-0000-7000-8000-000000000001", name: "Ada" };
const entry = (part: Partial<AuditEntryView> = {}): AuditEntryView => ({
  ...{ seq: "7", at: "2026-11-23T10:14:03.000Z", actor: ada, role: "support", action: "timeline.view" },
  ...{ incident: "abcdefgh12345678", subjects: ["account:account·K7Q4-2MXD-AAAA-BBBB"], moreSubjects: 0 },
  ...{ detail: { kinds: ["account"] }, requestId: null, ...part },
});
const page = (part: Partial<AuditPageView> = {}): AuditPageView => ({
  entries: [entry()],
  next: null,
  chain: { entries: 12_345, head: `12345:${"a".repeat(64)}`, verified: 1_000, unchained: 0, fault: null },
  ...part,
});
const seen: WhoSawView = {
  subject: "account:account·K7Q4-2MXD-AAAA-BBBB",
  people: [
    {
      ...{ actor: ada, role: "support", times: 3, firstAt: "2026-11-01T00:00:00.000Z" },
      ...{ lastAt: "2026-11-23T10:14:03.000Z", actions: ["timeline.view"], incidents: [], incidentCount: 2 },
      reasons: [{ at: "2026-11-23T10:00:00.000Z", fieldClass: "personal", reason: "asked by phone", ticket: "T-1" }],
    },
  ],
  total: 1,
  moreReasons: false,
};

let asked: { path: string; body: unknown }[] = [];
let urls: string[] = [];
let answers: Record<string, () => Response> = {};
const forbidden = { type: "about:blank", title: "x", status: 403, code: "forbidden", requestId: "1" };

beforeEach(() => {
  [asked, urls] = [[], []];
  answers = { audit: () => Response.json(page()), who: () => Response.json(seen) };
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push({ path, body: typeof init.body === "string" ? JSON.parse(init.body) : undefined });
    return (path.endsWith("/who") ? answers.who : answers.audit)?.();
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(searchParams = "", mayRead = true) {
  const onUrlUpdate = ({ queryString }: UrlUpdateEvent) => urls.push(queryString);
  render(
    <NuqsTestingAdapter searchParams={searchParams} onUrlUpdate={onUrlUpdate} hasMemory>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <AuditPage role="manager" mayRead={mayRead} />
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
}

it("says how far the chain is verified, and lists who did what about whose data", async () => {
  open();
  await screen.findByText(/12,345 entries, the newest 1,000 are as they were written/);
  const row = screen.getByRole("row", { name: /timeline.view/ });
  expect(row.textContent).toContain("Ada");
  expect(row.textContent).toContain("account:account·K7Q4-2MXD-AAAA-BBBB");
  expect(row.textContent).toContain("2026-11-23 10:14:03");
});

it("puts a broken chain before everything else", async () => {
  const fault = { kind: "missing", seq: "9", text: "Entry 9 is missing." };
  const chain = { entries: 20, head: null, verified: 8, unchained: 0, fault };
  answers.audit = () => Response.json(page({ chain }));
  open();
  const line = (await screen.findByText(/The chain is broken/)).closest("p");
  expect(line?.textContent).toContain("The chain is broken. Entry 9 is missing.");
  expect(line?.getAttribute("role")).toBe("alert");
});

it("asks who saw a customer without the id ever standing in an address", async () => {
  open();
  fireEvent.change(screen.getByRole("textbox", { name: /Who saw this customer/ }), {
    target: { value: "account:31337" },
  });
  fireEvent.click(screen.getByRole("button", { name: "Ask who saw it" }));
  await screen.findByText("personal: asked by phone (T-1)");
  expect(screen.getByRole("region", { name: "People who saw it" }).textContent).toContain("asked for it");
  expect(asked.find(({ path }) => path.endsWith("/who"))?.body).toEqual({ subject: "account:31337" });
  await waitFor(() => expect(urls.at(-1)).toContain("subject=account"));
  expect([...urls, ...asked.map(({ path }) => path)].join()).not.toContain("31337");
});

it("answers from a link, and says when nobody saw it", async () => {
  answers.who = () => Response.json({ ...seen, people: [] });
  open(`?subject=${encodeURIComponent("order:48192")}`);
  await screen.findByText(/Nobody was shown data of/);
  expect(asked.some(({ path }) => path.includes("subject=order%3A48192"))).toBe(true);
});

it("says how many of how many are listed, and only then", async () => {
  const address = `?subject=${encodeURIComponent("order:48192")}`;
  open(address);
  await screen.findByRole("region", { name: "People who saw it" });
  expect(screen.queryByText(/Narrow the time/)).toBeNull();
  cleanup();
  answers.who = () => Response.json({ ...seen, total: 731, moreReasons: true });
  open(address);
  const words = await screen.findByText(/1 shown of 731\. There are more reasons/);
  expect(words.textContent).toContain("Narrow the time");
});

it("filters by what was clicked, and by what was typed once the form is sent", async () => {
  open();
  fireEvent.click(await screen.findByRole("button", { name: "Ada" }));
  await waitFor(() => expect(urls.at(-1)).toContain(`actor=${ada.id}`));
  fireEvent.change(screen.getByLabelText("Action"), { target: { value: "session." } });
  fireEvent.click(screen.getByRole("button", { name: "Filter entries" }));
  await waitFor(() => expect(asked.at(-1)?.path).toContain("action=session."));
  expect(asked.at(-1)?.path).toContain(`actor=${ada.id}`);
});

it("asks for older entries only by hand, from where the page ended", async () => {
  answers.audit = () =>
    Response.json(asked.length > 1 ? page({ entries: [entry({ seq: "3" })] }) : page({ next: "7" }));
  open();
  fireEvent.click(await screen.findByRole("button", { name: "Show older entries" }));
  await screen.findByRole("row", { name: /^3 / });
  expect(asked.at(-1)?.path).toContain("cursor=7");
  expect(screen.getByText("2 shown, that is all")).toBeTruthy();
});

it("says that filters match nothing, that it failed, and that it is hidden", async () => {
  answers.audit = () => Response.json(page({ entries: [] }));
  open("?action=policy.");
  await screen.findByText("No entry that is left matches these filters.");
  cleanup();
  answers.audit = () => new Response(null, { status: 500 });
  open();
  await screen.findByText(/The entries could not be fetched/);
  cleanup();
  answers.audit = () => Response.json(forbidden, { status: 403 });
  open();
  await screen.findByText(/Hidden for your role/);
  cleanup();
  asked = [];
  open("", false);
  expect(screen.getByText(/Hidden for your role/)).toBeTruthy();
  expect(asked).toEqual([]);
});
