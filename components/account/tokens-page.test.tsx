import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { apiTokensQuery } from "@/lib/client/api-tokens";
import { TokensPage } from "./tokens-page";

const token = {
  ...{ id: "t1", name: "nightly", prefix: "tlt_abc", role: "engineer" as const, createdAt: "2026-03-01T10:00:00.000Z" },
  ...{ lastUsedAt: null, expiresAt: "2026-04-01T10:00:00.000Z", revokedAt: null },
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("keeps the list on screen when asking again fails, and says that it may be old", async () => {
  let answer = (): Response => Response.json({ tokens: [token] });
  vi.stubGlobal("fetch", async () => answer());
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <TokensPage role="engineer" />
    </QueryClientProvider>,
  );
  await screen.findByRole("row", { name: /nightly/ });
  answer = () => new Response(null, { status: 503 });
  await queries.invalidateQueries({ queryKey: apiTokensQuery.queryKey });
  expect(await screen.findByText(/Shown as it was/)).toBeDefined();
  expect(screen.getByRole("row", { name: /nightly/ })).toBeDefined();
});
