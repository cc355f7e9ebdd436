import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { FieldClass } from "@/lib/domain/role";
import { RevealDialog } from "./reveal-dialog";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const REASON = "The customer asks which address we hold.";

function show(answer: Response, mayReveal: readonly FieldClass[] = ["personal", "text"]) {
  const send = vi.fn<typeof fetch>(() => Promise.resolve(answer));
  vi.stubGlobal("fetch", send);
  const onClose = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RevealDialog askedKeys={["order:1"]} mayReveal={mayReveal} onClose={onClose} />
    </QueryClientProvider>,
  );
  return { send, onClose };
}
const submit = () => screen.getByRole<HTMLButtonElement>("button", { name: /Reveal now|Ask for a second/ });
const write = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const fill = () => {
  write(/^Ticket/, "SUP-7");
  write(/^Why/, REASON);
};
const created = (state: string) => Response.json({ id: "r1", state }, { status: 201 });

it("needs a ticket and a reason of some length", () => {
  show(created("in-force"));
  expect(submit().disabled).toBe(true);
  write(/^Why/, REASON);
  expect(submit().disabled).toBe(true);
  write(/^Ticket/, "SUP-7");
  expect(submit().disabled).toBe(false);
  write(/^Why/, "because");
  expect(submit().disabled).toBe(true);
  expect(screen.getByText("13 more characters of reason")).toBeDefined();
});

it("asks for one class of this incident, for the chosen minutes", async () => {
  const { send, onClose } = show(created("in-force"));
  fill();
  write(/^For how long/, "30");
  fireEvent.click(submit());
  await waitFor(() => {
    expect(onClose).toHaveBeenCalledOnce();
  });
  const [path, init] = send.mock.calls[0] ?? [];
  expect([path, init?.method]).toEqual(["/api/v1/reveals", "POST"]);
  const wish = { keys: ["order:1"], fieldClass: "personal", reason: REASON, ticket: "SUP-7", minutes: 30 };
  expect(JSON.parse(String(init?.body))).toEqual(wish);
});

it("says before that content needs a second person", () => {
  show(created("waiting"));
  expect(screen.queryByText(/a second person has to agree/)).toBeNull();
  write(/^What/, "text");
  expect(screen.getByText(/Text can hold anything: a second person has to agree/)).toBeDefined();
  expect(submit().textContent).toBe("Ask for a second person");
});

it("offers only what the role may ask for", () => {
  show(created("in-force"), ["personal"]);
  expect(screen.getAllByRole("option").map(({ textContent }) => textContent)).toContain("Personal data");
  expect(screen.queryByRole("option", { name: "Text" })).toBeNull();
});

it("shows the way to sign in again, and keeps what was typed", async () => {
  const problem = { type: "about:blank", title: "x", status: 403, code: "step-up-required", requestId: "1" };
  const { onClose } = show(Response.json({ ...problem, detail: "Sign in again: too long ago." }, { status: 403 }));
  fill();
  fireEvent.click(submit());
  const link = await screen.findByRole("link", { name: "Sign in again in a new tab" });
  expect(link.getAttribute("href")).toMatch(/^\/sign-in\?fresh=1/);
  expect(screen.getByLabelText<HTMLTextAreaElement>(/^Why/).value).toBe(REASON);
  expect(onClose).not.toHaveBeenCalled();
});
