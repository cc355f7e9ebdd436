"use client";

/** Narrows the rows that are here. Pressing nothing shows everything; what is hidden is counted in the footer. */
import { ToggleChip } from "../ui/toggle-chip";
import { ACTORS_IN_ORDER, ActorMark, SOURCE_KINDS_IN_ORDER, SourceMark, sourceName } from "./marks";
import { OPEN_ALL, type SetTimelineUrlState, type TimelineUrlState } from "./url-state";

export function FilterRow({
  state,
  setState,
  count,
  mayOpen,
  mayBeRaw,
  mayBeByArrival,
}: {
  state: TimelineUrlState;
  setState: SetTimelineUrlState;
  /** `182 of 190 rows`. */
  count: string;
  /** Whether there is anything to open, any clock that was corrected, any arrival that was recorded. */
  mayOpen: boolean;
  mayBeRaw: boolean;
  mayBeByArrival: boolean;
}) {
  const isAllOpen = state.open.includes(OPEN_ALL);
  const toggle = (list: readonly string[], one: string): string[] =>
    list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
  return (
    <div
      role="toolbar"
      aria-label="Filter rows"
      className="sticky top-0 z-10 flex min-h-11 flex-wrap items-center max-sm:flex-nowrap max-sm:overflow-x-auto gap-x-3 gap-y-1 border-b border-line bg-bg px-3 py-1"
    >
      <input
        type="search"
        value={state.q}
        placeholder="Filter rows"
        aria-label="Filter rows by text"
        className="h-7 w-44 shrink-0 rounded-md border border-line-strong bg-raised px-2"
        onChange={(event) => void setState({ q: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          event.currentTarget.blur();
        }}
      />
      <span className="flex gap-0.5">
        {ACTORS_IN_ORDER.map((actor) => (
          <ToggleChip
            key={actor}
            on={state.actors.includes(actor)}
            label={`Only rows by ${actor}`}
            onToggle={() => void setState({ actors: toggle(state.actors, actor) })}
          >
            <ActorMark actor={actor} />
          </ToggleChip>
        ))}
      </span>
      <span className="flex gap-0.5">
        {SOURCE_KINDS_IN_ORDER.map((source) => (
          <ToggleChip
            key={source}
            on={state.sources.includes(source)}
            label={`Only rows seen in ${sourceName(source)}`}
            onToggle={() => void setState({ sources: toggle(state.sources, source) })}
          >
            <SourceMark source={source} />
          </ToggleChip>
        ))}
      </span>
      <ToggleChip
        on={state.errors}
        label="Only rows that failed"
        onToggle={() => void setState({ errors: !state.errors })}
      >
        ✕ errors only
      </ToggleChip>
      {state.service !== "" && (
        <ToggleChip on label={`Only rows of ${state.service}`} onToggle={() => void setState({ service: null })}>
          service: {state.service} <span aria-hidden="true">&nbsp;✕</span>
        </ToggleChip>
      )}
      {(mayOpen || isAllOpen) && (
        <ToggleChip
          on={isAllOpen}
          label="Show the records behind every row"
          onToggle={() => void setState({ open: isAllOpen ? null : [OPEN_ALL] })}
        >
          expand all
        </ToggleChip>
      )}
      {(mayBeRaw || state.raw) && (
        <ToggleChip
          on={state.raw}
          label="Times as the sources wrote them, without corrected clocks"
          onToggle={() => void setState({ raw: state.raw ? null : true, sort: null })}
        >
          raw time
        </ToggleChip>
      )}
      {(mayBeByArrival || state.sort === "arrival") && (
        <ToggleChip
          on={state.sort === "arrival"}
          label="Sort by when the source received the record"
          onToggle={() => void setState({ sort: state.sort === "arrival" ? null : "arrival", raw: null })}
        >
          by arrival
        </ToggleChip>
      )}
      <span aria-live="polite" className="ml-auto shrink-0 text-small whitespace-nowrap text-muted">
        {count}
      </span>
    </div>
  );
}
