/** The list when it has nothing to show: loading, empty, filtered away, refused. Each says which one it is. */
import Link from "next/link";
import { useEffect } from "react";
import type { StreamEnd, TimelineSnapshot } from "@/lib/client/timeline-store";
import { Button } from "../ui/button";
import { formatWindow, type DisplayZone } from "@/lib/client/format-instant";
import { CopyButton } from "../ui/copy-button";
import { HowToAsk } from "../ui/how-to-ask";
import { isDenied } from "./is-denied";
import { sourceName } from "./marks";
import type { SetTimelineUrlState } from "./url-state";

const SKELETON_ROWS = 10;

export function RowsState({
  snapshot,
  visibleCount,
  zone,
  setState,
  onRetry,
}: {
  snapshot: TimelineSnapshot;
  visibleCount: number;
  zone: DisplayZone;
  setState: SetTimelineUrlState;
  onRetry: () => void;
}) {
  const { ended, rows } = snapshot;
  if (ended?.kind === "signed-out") return <SignedOut />;
  if (ended?.kind === "bad-request") {
    return <Message title="This question cannot be asked" text={ended.detail ?? "The address is not understood."} />;
  }
  if (visibleCount > 0) return null;
  if (rows.length > 0) {
    return (
      <Message title="All rows are hidden by the filter" text={`${rows.length.toLocaleString("en")} rows are here.`}>
        <Button
          onClick={() =>
            void setState({ q: null, actors: null, sources: null, service: null, errors: null, zoom: null })
          }
        >
          Clear the filter
        </Button>
      </Message>
    );
  }
  if (!ended) return <LoadingRows />;
  if (ended.kind === "failed" && ended.code === "not-found") {
    return (
      <Message
        title="This link cannot be opened any more"
        text="It may have ended, or it is not meant for your role. Ask the person who sent it for a new one."
      />
    );
  }
  if (isDenied(ended)) {
    return (
      <Message
        title="Hidden for your role"
        text="This does not mean that nothing happened. Your role asks no questions of its own: it opens the links that somebody made for it."
      >
        <HowToAsk />
      </Message>
    );
  }
  if (ended.kind !== "complete") {
    return (
      <Message
        title="The timeline could not be fetched"
        text={`This does not mean that nothing happened. ${failureOf(ended)}`}
      >
        <Button onClick={onRetry}>Ask again</Button>
        <CopyButton label="Copy details" text={() => `${failureOf(ended)}\n${window.location.href}`} />
      </Message>
    );
  }
  return <Empty snapshot={snapshot} zone={zone} />;
}

/** Our own words only: what the server wrote stays there, found by the request's number. */
function failureOf(ended: StreamEnd): string {
  if (ended.kind !== "failed") return "The connection ended before the answer was complete.";
  return `Code ${ended.code}${ended.requestId === undefined ? "" : `, request ${ended.requestId}`}.`;
}

/** "Nothing found" is only as good as the list of who was asked, and for which time. */
function Empty({ snapshot, zone }: { snapshot: TimelineSnapshot; zone: DisplayZone }) {
  const asked = snapshot.sources.filter((source) => source.state === "answered" || source.state === "partial");
  const silent = snapshot.sources.filter((source) => source.state === "failed");
  const names = (list: typeof asked): string => [...new Set(list.map((one) => sourceName(one.source)))].join(", ");
  const { query } = snapshot;
  const range = query ? formatWindow(Date.parse(query.from), Date.parse(query.to), zone) : "the chosen range";
  const limited = snapshot.gaps.some((gap) => gap.reason === "truncated" || gap.reason === "budget");
  return (
    <Message
      title="No record carries this key in this range"
      text={`Asked for ${range} with the ${query?.role ?? "your"} role: ${names(asked) || "no source answered"}.${
        silent.length > 0 ? ` Did not answer: ${names(silent)}.` : ""
      } ${limited ? "A limit was reached, so more may exist." : "No limit was reached."} A wider time range (d) may hold more.`}
    >
      <Link href="/" className="text-accent underline">
        Search for something else
      </Link>
    </Message>
  );
}

function SignedOut() {
  useEffect(() => {
    // Leaves the app: the session has ended. The way back keeps the whole view.
    const back = window.location.pathname + window.location.search;
    window.location.assign(`/sign-in?next=${encodeURIComponent(back)}`);
  }, []);
  return <Message title="You are signed out" text="The sign-in page opens." />;
}

function Message({ title, text, children }: { title: string; text: string; children?: React.ReactNode }) {
  return (
    <div className="mx-auto max-w-xl px-4 py-12 text-center">
      <h2 className="text-section font-strong">{title}</h2>
      <p className="mt-1 mb-4 text-muted">{text}</p>
      {children}
    </div>
  );
}

function LoadingRows() {
  return (
    <div role="status" aria-label="Rows are being fetched">
      {Array.from({ length: SKELETON_ROWS }, (_, at) => (
        <div key={at} className="flex h-7 items-center gap-3 border-b border-line/60 px-3">
          <span className="skeleton h-3 w-20" />
          <span className="skeleton h-3 w-12" />
          <span className="skeleton h-3 w-28" />
          <span className="skeleton h-3 flex-1" style={{ maxWidth: `${String(30 + ((at * 17) % 50))}%` }} />
        </div>
      ))}
    </div>
  );
}
