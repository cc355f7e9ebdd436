import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { WhyStep } from "@/lib/contract/event-view";
import { OutsideLink, WhyChain } from "./why-chain";

afterEach(cleanup);

function aStep(over: Partial<WhyStep> = {}): WhyStep {
  return { key: "order:48192", keyKind: "order", rule: "order id", confidence: "exact", source: "loki", ...over };
}

describe("WhyChain", () => {
  it("tells each join with its key, its rule, where it was found and how sure it is", () => {
    const steps = [
      aStep({ foundIn: "attributes.orderId" }),
      aStep({
        key: "trace:4bf92f35",
        keyKind: "trace",
        rule: "trace parent",
        confidence: "structure",
        source: "tempo",
      }),
    ];
    render(<WhyChain steps={steps} onOpen={vi.fn()} />);
    const [first, second] = screen.getAllByRole("listitem").map((item) => item.textContent);
    expect(first).toContain("order:48192");
    expect(first).toContain("Rule “order id” in attributes.orderId · exact field");
    expect(second).toContain("trace:4bf92f35");
    expect(second).toContain("part of the same trace");
  });

  it("shows the query that brought the row, as text even when it is hostile", () => {
    const text = `{app="x"} |= "<img src=x onerror=alert(1)>"`;
    const step = aStep({ query: { language: "LogQL", text, url: "https://grafana.example/explore" } });
    const { container } = render(<WhyChain steps={[step]} onOpen={vi.fn()} />);
    expect(container.querySelector("pre")?.textContent).toBe(text);
    expect(container.querySelector("img")).toBeNull();
    expect(screen.getByRole("button", { name: "Copy LogQL query" })).toBeDefined();
    expect(screen.getByRole("link").getAttribute("href")).toBe("https://grafana.example/explore");
  });

  it("says that a key is hidden, and that context was not joined by an id", () => {
    const steps = [
      { keyKind: "trace", rule: "trace id", confidence: "exact", source: "tempo" } as const,
      { keyKind: "service", rule: "same service and time", confidence: "context", source: "prometheus" } as const,
    ];
    render(<WhyChain steps={steps} onOpen={vi.fn()} />);
    expect(screen.getByText("trace: hidden for your role")).toBeDefined();
    expect(screen.getByText("Context, not joined by an id")).toBeDefined();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("leads to the row that brought the key", () => {
    const onOpen = vi.fn();
    render(<WhyChain steps={[aStep({ throughEvent: "row-7" })]} onOpen={onOpen} />);
    fireEvent.click(screen.getByRole("button", { name: "Show the row that led here" }));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith("row-7");
  });
});

describe("WhyChain for who may put a join right", () => {
  const unlinking = { mayUnlinkKey: (key: string) => key !== "order:48192", onUnlink: vi.fn() };

  it("leads from a join to its rule", () => {
    render(<WhyChain steps={[aStep({ rule: "order id & more" })]} unlinking={unlinking} onOpen={vi.fn()} />);
    expect(screen.getByRole("link").getAttribute("href")).toBe("/admin/keys?rule=order%20id%20%26%20more");
  });

  it("offers to unlink an id that was found, never the one that was asked", () => {
    const steps = [aStep(), aStep({ key: "trace:4bf9", keyKind: "trace" })];
    render(<WhyChain steps={steps} unlinking={unlinking} onOpen={vi.fn()} />);
    fireEvent.click(screen.getByRole("button", { name: "Unlink this id…" }));
    expect(unlinking.onUnlink).toHaveBeenCalledExactlyOnceWith({
      kind: "key",
      target: "trace:4bf9",
      label: "trace:4bf9",
    });
  });
});

describe("OutsideLink", () => {
  it.each(["javascript:alert(1)", "data:text/html,x", " https://a.example", "//a.example", "file:///etc/passwd"])(
    "makes no link of %s",
    (href) => {
      render(<OutsideLink href={href} label="Open" />);
      expect(screen.queryByRole("link")).toBeNull();
    },
  );

  it("tells the other site nothing and gives it no handle on this page", () => {
    render(<OutsideLink href="https://a.example/x" label="Open" />);
    expect(screen.getByRole("link").getAttribute("rel")).toBe("noreferrer noopener");
  });
});
