"use client";

/** One box for any id, link or log fragment: says what it recognised before it opens anything. */
import { useState, type KeyboardEvent } from "react";
import { isSentryIssueLink, recogniseInput } from "@/lib/contract/recognise-input";
import type { KeyHint } from "@/lib/contract/key-hint";
import { Icon } from "../ui/icon";
import { Kbd } from "../ui/kbd";
import { useOpenTimeline } from "./use-open-timeline";

export const SEARCH_BOX_ID = "search-box";
const SHOWN = 6;

export function SearchBox({ hints }: { hints: readonly KeyHint[] }) {
  const [text, setText] = useState("");
  const [focused, setFocused] = useState(false);
  const [active, setActive] = useState(0);
  const { open: openTimeline, failure } = useOpenTimeline();
  const candidates = recogniseInput(text, hints).slice(0, SHOWN);
  const expanded = focused && text.trim() !== "";
  const choose = (at: number): void => {
    const candidate = candidates[at];
    if (!candidate) return;
    setText("");
    setFocused(false);
    // The page's keys rest while the box has the focus, and the next key belongs to the timeline.
    document.getElementById(SEARCH_BOX_ID)?.blur();
    openTimeline(candidate);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : candidates.length - 1;
      setActive(candidates.length === 0 ? 0 : (active + step) % candidates.length);
    } else if (event.key === "Enter") choose(active);
    else if (event.key === "Escape") {
      event.preventDefault();
      if (text === "") event.currentTarget.blur();
      setText("");
    }
  };
  return (
    <div role="search" className="relative min-w-44 flex-1 sm:max-w-xl">
      <span className="pointer-events-none absolute top-1.5 left-2 text-muted">
        <Icon name="search" />
      </span>
      <input
        id={SEARCH_BOX_ID}
        role="combobox"
        aria-label="Search by id, link or log fragment"
        aria-expanded={expanded}
        aria-controls="search-candidates"
        aria-autocomplete="list"
        aria-activedescendant={expanded && candidates.length > 0 ? `candidate-${String(active)}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={text}
        placeholder="Paste an id, a link, #48192 …"
        className="h-7 w-full rounded-md border border-line-strong bg-raised pr-8 pl-8"
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onFocus={() => {
          setFocused(true);
        }}
        onBlur={() => {
          setFocused(false);
        }}
        onKeyDown={onKeyDown}
      />
      <span className="pointer-events-none absolute top-1 right-2 max-sm:hidden">
        <Kbd>/</Kbd>
      </span>
      <ul
        id="search-candidates"
        role="listbox"
        aria-label="What was recognised"
        hidden={!expanded || candidates.length === 0}
        className="absolute inset-x-0 top-8 z-40 rounded-md border border-line bg-raised p-1 shadow-float"
      >
        {candidates.map((candidate, at) => (
          <li
            key={`${candidate.kind}:${candidate.value}`}
            id={`candidate-${String(at)}`}
            role="option"
            aria-selected={at === active}
            className="flex h-8 items-center gap-2 rounded px-2 hover:bg-hover aria-selected:bg-selected"
            // Before the input loses its focus, which would close the list.
            onMouseDown={(event) => {
              event.preventDefault();
              choose(at);
            }}
          >
            <span className="w-20 shrink-0 text-small text-muted">{candidate.kind}</span>
            <span className="truncate font-mono text-small">{candidate.value}</span>
          </li>
        ))}
      </ul>
      {failure !== undefined && (
        <p
          role="alert"
          className="absolute inset-x-0 top-8 z-40 rounded-md border border-line bg-raised p-2 text-small text-error shadow-float"
        >
          {failure}
        </p>
      )}
      {expanded && candidates.length === 0 && (
        <p
          role="status"
          className="absolute inset-x-0 top-8 z-40 rounded-md border border-line bg-raised p-2 text-small text-muted shadow-float"
        >
          {isSentryIssueLink(text)
            ? "A Sentry issue link cannot be opened yet: it names a group of events, not one. Paste a trace id or an order from the event."
            : "No id recognised that your role searches by. Try order:48192, or kind:value."}
        </p>
      )}
    </div>
  );
}
