"use client";

/** Search inside the trace: how many match, which one the cursor is on, next and previous. */
import { Button } from "../ui/button";

export function TraceSearch({
  text,
  matches,
  cursorNode,
  onText,
  onStep,
}: {
  text: string;
  matches: readonly number[];
  cursorNode: number;
  onText: (text: string) => void;
  onStep: (step: 1 | -1) => void;
}) {
  const at = matches.indexOf(cursorNode);
  return (
    <div className="flex items-center gap-1">
      <input
        type="search"
        value={text}
        placeholder="Find in trace"
        aria-label="Find spans by name, service or attribute"
        className="h-7 w-44 min-w-0 rounded-md border border-line-strong bg-raised px-2"
        onChange={(event) => {
          onText(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") onStep(event.shiftKey ? -1 : 1);
          else if (event.key === "Escape") {
            if (text !== "") onText("");
            event.currentTarget.blur();
            event.currentTarget.closest("section")?.querySelector<HTMLElement>("[data-trace-tree]")?.focus();
          } else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {text.trim() !== "" && (
        <>
          <span aria-live="polite" className="text-small whitespace-nowrap text-muted">
            {at < 0 ? "" : `${(at + 1).toLocaleString("en")} of `}
            {matches.length.toLocaleString("en")} {at < 0 && "found"}
          </span>
          <Button
            look="plain"
            className="px-1.5"
            title="Previous match (N)"
            aria-label="Previous match"
            disabled={matches.length === 0}
            onClick={() => {
              onStep(-1);
            }}
          >
            ↑
          </Button>
          <Button
            look="plain"
            className="px-1.5"
            title="Next match (n)"
            aria-label="Next match"
            disabled={matches.length === 0}
            onClick={() => {
              onStep(1);
            }}
          >
            ↓
          </Button>
        </>
      )}
    </div>
  );
}
