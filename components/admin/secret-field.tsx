"use client";

/** A field for something that is never shown again: set, replaced or cleared, and empty whenever the page is opened. */
import { useId } from "react";
import type { SecretWish } from "@/lib/client/source-form";
import { Button } from "../ui/button";

export function SecretField({
  label,
  hint,
  state,
  wish,
  problem,
  readOnly,
  onChange,
}: {
  label: string;
  hint: string;
  /** What is stored. */
  state: "set" | "unset";
  wish: SecretWish;
  problem: string | undefined;
  readOnly: boolean;
  onChange: (wish: SecretWish) => void;
}) {
  const id = useId();
  const isOpen = wish.mode === "replace" && !readOnly;
  return (
    <div className="mb-3">
      {isOpen ? (
        <label htmlFor={id} className="font-strong">
          {label}
        </label>
      ) : (
        <span className="font-strong">{label}</span>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-small" data-state={state}>
          {wish.mode === "clear" ? "✕ will be cleared" : state === "set" ? "● set" : "○ not set"}
        </span>
        {state === "set" && !readOnly && (
          <>
            {wish.mode === "keep" ? (
              <>
                <Button
                  onClick={() => {
                    onChange({ mode: "replace", value: "" });
                  }}
                >
                  Replace {label.toLowerCase()}
                </Button>
                <Button
                  look="plain"
                  onClick={() => {
                    onChange({ mode: "clear", value: "" });
                  }}
                >
                  Clear {label.toLowerCase()}
                </Button>
              </>
            ) : (
              <Button
                look="plain"
                onClick={() => {
                  onChange({ mode: "keep", value: "" });
                }}
              >
                Keep stored {label.toLowerCase()}
              </Button>
            )}
          </>
        )}
      </div>
      {isOpen && (
        <input
          id={id}
          type="password"
          value={wish.value}
          autoComplete="new-password"
          spellCheck={false}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-hint ${id}-problem`}
          className={`mt-1 block w-full rounded-md border bg-raised px-2 py-1 font-mono text-small ${problem === undefined ? "border-line-strong" : "border-error"}`}
          onChange={(event) => {
            onChange({ mode: "replace", value: event.target.value });
          }}
        />
      )}
      <p id={`${id}-hint`} className="text-small text-muted">
        {hint}
      </p>
      <p id={`${id}-problem`} role="alert" className="text-small text-error">
        {problem !== undefined && `✕ ${problem}`}
      </p>
    </div>
  );
}
