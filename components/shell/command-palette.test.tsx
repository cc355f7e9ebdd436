import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keyHints } from "@/lib/contract/key-hint";
import { CommandPalette } from "./command-palette";

const push = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));

const hints = keyHints().map((hint) => (hint.kind === "account" ? { ...hint, opaque: true as const } : hint));
let answer: () => Response;

beforeEach(() => {
  push.mockClear();
  // jsdom draws nothing, so it lacks these two.
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  Element.prototype.scrollIntoView = vi.fn();
  vi.stubGlobal("fetch", async () => answer());
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** Types an account's id and chooses it. */
async function openAccount(): Promise<ReturnType<typeof vi.fn>> {
  const onOpenChange = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <NuqsTestingAdapter>
        <CommandPalette open onOpenChange={onOpenChange} hints={hints} abilities={[]} onHelp={vi.fn()} />
      </NuqsTestingAdapter>
    </QueryClientProvider>,
  );
  fireEvent.change(screen.getByPlaceholderText("Paste an id or type a command"), {
    target: { value: "account:31337" },
  });
  fireEvent.click(await screen.findByText(/^Open Account 31337/));
  return onOpenChange;
}

it("stays open and says why when the timeline could not be opened", async () => {
  answer = () => new Response(null, { status: 500 });
  const onOpenChange = await openAccount();
  expect((await screen.findByText(/It could not be opened/)).textContent).toContain("Try again in a moment");
  expect(onOpenChange).not.toHaveBeenCalled();
  expect(screen.getByDisplayValue("account:31337")).toBeDefined();
  expect(push).not.toHaveBeenCalled();
});

it("closes once the timeline is on its way", async () => {
  answer = () => Response.json({ key: "account:account·K7Q4-AAAA" });
  const onOpenChange = await openAccount();
  await waitFor(() => expect(onOpenChange).toHaveBeenCalledWith(false));
  expect(push).toHaveBeenCalledOnce();
});
