import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SetupPage } from "./setup-page";

const answers = vi.fn<(path: string, init?: RequestInit) => Response>();

function open(props: Partial<Parameters<typeof SetupPage>[0]> = {}) {
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) => Promise.resolve(answers(path, init)));
  render(<SetupPage token="the-token" purpose="first-admin" {...props} />);
}

function type(label: string, value: string) {
  fireEvent.change(screen.getByLabelText(label, { exact: false, selector: `[name=${NAMES[label] ?? ""}]` }), {
    target: { value },
  });
}
const NAMES: Readonly<Record<string, string>> = {
  Name: "name",
  "E-mail": "email",
  Password: "password",
  "Password again": "repeated",
};

function submit() {
  const button = screen.getByRole("button");
  if (button instanceof HTMLButtonElement) button.form?.requestSubmit();
}

afterEach(() => {
  cleanup();
  answers.mockReset();
  vi.unstubAllGlobals();
});

describe("the page behind a one-time link", () => {
  it("says how much is missing of a password, and asks the server nothing yet", async () => {
    open();
    type("Password", "short");
    submit();
    expect(await screen.findByText("Too short: 5 of at least 12 characters.")).toBeTruthy();
    expect(answers).not.toHaveBeenCalled();
  });

  it("says when the two passwords differ", async () => {
    open();
    type("Password", "correct horse battery");
    type("Password again", "correct horse batterz");
    submit();
    expect(await screen.findByText("The two passwords differ.")).toBeTruthy();
  });

  it("shows what the server says at the field that it names", async () => {
    const detail = "Expected an e-mail address.";
    const problem = { type: "about:blank", title: "Bad request", status: 400, code: "bad-request", requestId: "r" };
    answers.mockReturnValue(Response.json({ ...problem, field: "email", detail }, { status: 400 }));
    open();
    type("Name", "Ada");
    type("E-mail", "ada");
    type("Password", "correct horse battery");
    type("Password again", "correct horse battery");
    submit();
    expect(await screen.findByText(detail)).toBeTruthy();
    const email = screen.getByLabelText("E-mail", { exact: false });
    expect(email.getAttribute("aria-invalid")).toBe("true");
    const [path, init] = answers.mock.calls[0] ?? [];
    expect(path).toBe("/api/v1/setup/the-token");
    expect(JSON.parse(String(init?.body))).toEqual({ name: "Ada", email: "ada", password: "correct horse battery" });
  });

  it("asks somebody invited for a password only", async () => {
    answers.mockReturnValue(new Response(null, { status: 404 }));
    open({ purpose: "invitation", name: "Sam", email: "sam@example.test" });
    expect(screen.queryByLabelText("Name")).toBeNull();
    type("Password", "correct horse battery");
    type("Password again", "correct horse battery");
    submit();
    await waitFor(() => expect(answers).toHaveBeenCalled());
    expect(JSON.parse(String(answers.mock.calls[0]?.[1]?.body))).toEqual({ password: "correct horse battery" });
  });
});
