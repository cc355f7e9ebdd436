"use client";

/** The start: what can be pasted, and what this tab asked before. */
import { recentSearches } from "@/lib/client/preferences";
import { useStoredValue } from "../ui/use-stored-value";
import { useOpenTimeline } from "./use-open-timeline";

const EXAMPLES = [
  ["Order, ticket or account", "#48192 · order:48192 · acct_2077"],
  ["Trace id", "32 or 16 hex digits, dashed, base64, a traceparent header"],
  ["A piece of a log line", "level=error trace_id=4bf92f35…"],
  ["A link", "Sentry trace or query, Grafana Explore, Tempo, Jaeger"],
  ["Anything else", "kind:value, such as job:nightly-import-7"],
] as const;
const NO_SEARCHES: never[] = [];

export function SearchPage() {
  const recent = useStoredValue(recentSearches, NO_SEARCHES);
  const { open: openTimeline } = useOpenTimeline();
  return (
    <div className="mx-auto max-w-2xl px-4 py-10">
      <h1 className="text-page font-strong">Find one incident</h1>
      <p className="mt-1 text-muted">
        Paste an id or a link into the box above. Logs, traces, metrics, alerts and Sentry are asked at once.
      </p>
      <h2 className="mt-8 text-section font-strong">What can be pasted</h2>
      <dl className="mt-1">
        {EXAMPLES.map(([name, example]) => (
          <div key={name} className="flex flex-wrap gap-x-4 border-t border-line py-1.5">
            <dt className="w-48 shrink-0">{name}</dt>
            <dd className="min-w-0 flex-1 font-mono text-small wrap-anywhere text-muted">{example}</dd>
          </div>
        ))}
      </dl>
      <h2 className="mt-8 text-section font-strong">Recent searches</h2>
      {recent.length === 0 ? (
        <p className="mt-1 text-muted">None in this tab yet. They are forgotten when the tab closes.</p>
      ) : (
        <ul className="mt-1">
          {recent.map((search) => (
            <li key={search.key} className="border-t border-line">
              <button
                type="button"
                className="w-full py-1.5 text-left hover:bg-hover"
                onClick={() => {
                  openTimeline(search);
                }}
              >
                {search.label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
