import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { UnlinkDialog } from "./unlink-dialog";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(answer: Response) {
  const send = vi.fn<typeof fetch>(() => Promise.resolve(answer));
  vi.stubGlobal("fetch", send);
  const onDone = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <UnlinkDialog
        wish={{ kind: "key", target: "trace:4bf9", label: "trace 4bf9" }}
        askedKeys={["order:48192"]}
        onDone={onDone}
        onClose={vi.fn()}
      />
    </QueryClientProvider>,
  );
  return { send, onDone };
}

const submit = (): HTMLButtonElement => screen.getByRole("button", { name: "Unlink id" });
const write = (reason: string): void => {
  fireEvent.change(screen.getByRole("textbox"), { target: { value: reason } });
};

describe("UnlinkDialog", () => {
  it("asks for a reason before anything can be sent", () => {
    show(Response.json({ id: "u1" }, { status: 201 }));
    expect(submit().disabled).toBe(true);
    write("  x ");
    expect(submit().disabled).toBe(true);
    write("shared by a batch run");
    expect(submit().disabled).toBe(false);
  });
  it("sends the asked keys, what is to go and why, then asks again", async () => {
    const { send, onDone } = show(Response.json({ id: "u1" }, { status: 201 }));
    write(" shared by a batch run ");
    fireEvent.click(submit());
    await waitFor(() => {
      expect(onDone).toHaveBeenCalledOnce();
    });
    const [path, init] = send.mock.calls[0] ?? [];
    expect([path, init?.method]).toEqual(["/api/v1/unlinks", "POST"]);
    expect(JSON.parse(String(init?.body))).toEqual({
      keys: ["order:48192"],
      kind: "key",
      target: "trace:4bf9",
      reason: "shared by a batch run",
    });
  });
  it("says why it was refused, and stays open", async () => {
    const problem = { type: "about:blank", title: "Forbidden", status: 403, code: "forbidden", requestId: "r1" };
    const { onDone } = show(Response.json({ ...problem, detail: "Only engineers and admins may." }, { status: 403 }));
    write("wrong order");
    fireEvent.click(submit());
    expect(await screen.findByText("Only engineers and admins may.")).toBeDefined();
    expect(onDone).not.toHaveBeenCalled();
  });
});
