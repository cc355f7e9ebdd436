import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { ShareLinkView } from "@/lib/contract/share-link";
import { ShareLinksPage } from "./share-links-page";

const link: ShareLinkView = {
  ...{ id: "l1", prefix: "tls_abc", state: "live", createdAs: "engineer", audience: null, opened: 2 },
  ...{ createdAt: "2026-03-01T10:00:00.000Z", expiresAt: "2026-03-02T10:00:00.000Z" },
  ...{ revokedAt: null, lastOpenedAt: null },
};

function show(total: number): void {
  vi.stubGlobal("fetch", async () => Response.json({ links: [link], total, audiences: [] }));
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <ShareLinksPage maySeeAll={false} />
    </QueryClientProvider>,
  );
}
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("says how many of how many links are listed, and only when some are not", async () => {
  show(731);
  expect(await screen.findByText("1 shown of 731: older ones are not listed here.")).toBeDefined();
  cleanup();
  show(1);
  await screen.findByText("tls_abc…");
  expect(screen.queryByText(/shown of/)).toBeNull();
});
