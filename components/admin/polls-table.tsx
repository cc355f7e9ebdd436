"use client";

/** What is asked of each source again and again for alert history: when it was last heard, and what it means when it was not. */
import type { SourcePoll } from "@/lib/contract/source";
import { InstantText } from "./instant-text";
import { PROBE_FAILURE_WORDS } from "./probe-words";

const FAILURES = {
  ...PROBE_FAILURE_WORDS,
  "rate-limited": "says that it is asked too often",
  "too-large": "told more than is read at once",
  "cut-off": "broke off, or told what could not be read",
  busy: "has too many questions of ours waiting",
  "no-organisation": "cannot be asked: its organisation is not set",
} as const satisfies Record<NonNullable<SourcePoll["failure"]>, string>;

const SUBJECTS = {
  alerts: {
    name: "what fires",
    setting: "pollSeconds",
    unheard:
      "Only what is sent to webhooks is known since then. Nothing is closed because of it; these hours count as not heard.",
  },
  silences: {
    name: "silences",
    setting: "pollSeconds",
    unheard: "Who silenced what since then is not known, and the review cannot say which silences last too long.",
  },
  rules: {
    name: "rules",
    setting: "rulePollSeconds",
    unheard: "A rule that changed since then is dated by the next answer.",
  },
  crons: {
    name: "cron monitors",
    setting: "cronPollSeconds",
    unheard: "Missed runs since then are not known. Nothing is closed because of it; these hours count as not heard.",
  },
} as const satisfies Record<SourcePoll["what"], object>;

export function PollsTable({ polls }: { polls: readonly SourcePoll[] }) {
  if (polls.length === 0) return null;
  return (
    <section aria-labelledby="asked-for-alerts" className="mt-6">
      <h2 id="asked-for-alerts" className="text-section font-strong">
        Asked for alerts
      </h2>
      <p className="max-w-3xl text-small text-muted">
        What nobody sends is asked for again and again. While a source is not heard, the history of alerts has a gap and
        says so.
      </p>
      <div className="relative mt-1 overflow-x-auto">
        <table className="w-full min-w-[46rem] text-left">
          <thead className="border-b border-line-strong text-small text-muted">
            <tr>
              {["Source", "Asked for", "Last heard", "Last try", "What that means"].map((head) => (
                <th key={head} scope="col" className="py-1 pr-3 font-normal">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {polls.map((poll) => (
              <PollRow key={`${poll.source} ${poll.what}`} poll={poll} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function PollRow({ poll }: { poll: SourcePoll }) {
  const { source, what, state, heardAt } = poll;
  const { name, unheard } = SUBJECTS[what];
  return (
    <tr className="border-b border-line align-top">
      <td className="py-1 pr-3">{source}</td>
      <td className="py-1 pr-3">{name}</td>
      <td className="py-1 pr-3">
        {heardAt === null ? <span className="text-muted">never</span> : <InstantText iso={heardAt} />}
      </td>
      <td className="py-1 pr-3 text-small">
        <Tried poll={poll} />
      </td>
      <td className="max-w-md py-1 text-small">{(state === "failed" || state === "late") && unheard}</td>
    </tr>
  );
}

function Tried({ poll: { what, everySeconds, state, failure } }: { poll: SourcePoll }) {
  switch (state) {
    case "heard":
      return <span className="text-good">✓ answered</span>;
    case "failed":
      return <span className="text-error">✕ {failure && FAILURES[failure]}</span>;
    case "late":
      return (
        <span className="text-warning">
          ! No answer in three times {everySeconds} s, and no failure noted: is a process running?
        </span>
      );
    case "waiting":
      return <span className="text-muted">not asked yet</span>;
    case "off":
      return (
        <span className="text-muted">
          switched off: <code>alerts.{SUBJECTS[what].setting}</code> is 0
        </span>
      );
  }
}
