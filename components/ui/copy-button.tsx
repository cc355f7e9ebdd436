"use client";

/** Copies text and says so, in the button and to a screen reader. */
import { useEffect, useState } from "react";
import { Button } from "./button";
import { Icon } from "./icon";

const SHOWN_MS = 1500;

export function CopyButton({ text, label }: { text: string | (() => string); label: string }) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  useEffect(() => {
    if (state === "idle") return;
    // The browser's clock: the word goes back after a moment.
    const timer = setTimeout(() => {
      setState("idle");
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [state]);
  const copy = (): void => {
    navigator.clipboard.writeText(typeof text === "string" ? text : text()).then(
      () => {
        setState("copied");
      },
      () => {
        setState("refused");
      },
    );
  };
  return (
    <Button look="plain" onClick={copy} className="text-muted">
      <Icon name={state === "copied" ? "check" : "copy"} />
      <span aria-live="polite">
        {state === "copied" ? "Copied" : state === "refused" ? "Copying is blocked" : label}
      </span>
    </Button>
  );
}
