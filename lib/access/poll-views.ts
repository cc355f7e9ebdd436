/** What is asked of each source for alert history, and how that went, for admins: in our own words only. Pure. */
import type { POLL_FAILURES, SourcePoll } from "@/lib/contract/source";
import type { AlertSettings } from "@/lib/domain/alert-settings";
import { GAP_POLLS, type PollSubject } from "@/lib/domain/poll";
import { sourceId } from "@/lib/domain/source-id";
import type { SourceSettings } from "@/lib/domain/source-settings";
import type { PollOutcomeRow } from "@/lib/store/poll-repository";

type PollFailure = (typeof POLL_FAILURES)[number];

const SUBJECTS = {
  alertmanager: ["alerts", "silences"],
  prometheus: ["rules"],
  sentry: ["crons"],
  loki: [],
  tempo: [],
} as const satisfies Record<SourceSettings["kind"], readonly PollSubject[]>;

/** An answer may take its time, and somebody must look. */
const SLACK_MS = 60_000;

/** `sources`: in force, provisioned first; of two with one id the first counts. */
export function pollViews(
  sources: readonly SourceSettings[],
  outcomes: readonly PollOutcomeRow[],
  settings: AlertSettings,
  now: Date,
): SourcePoll[] {
  const every = {
    ...{ alerts: settings.pollSeconds, silences: settings.pollSeconds },
    ...{ rules: settings.rulePollSeconds, crons: settings.cronPollSeconds },
  };
  const byId = new Map([...sources].reverse().map((one) => [sourceId(one.kind, one.name), one]));
  const ids = [...new Set(sources.map(({ kind, name }) => sourceId(kind, name)))];
  return ids.flatMap((source) => {
    const { kind, org } = byId.get(source) ?? { kind: "loki" as const, org: undefined };
    return SUBJECTS[kind].map((what): SourcePoll => {
      const outcome = outcomes.find((one) => one.source === source && one.what === what);
      const told = outcome?.failure;
      const failure = kind === "sentry" && org === undefined ? "no-organisation" : told ? failureOf(told) : null;
      const heardAt = outcome?.heardAt ?? null;
      const everySeconds = every[what];
      const state = stateOf({ everySeconds, failure, heardAt }, now);
      return { source, what, everySeconds, state, heardAt: heardAt?.toISOString() ?? null, failure };
    });
  });
}

function stateOf(
  { everySeconds, failure, heardAt }: Pick<SourcePoll, "everySeconds" | "failure"> & { heardAt: Date | null },
  now: Date,
): SourcePoll["state"] {
  if (everySeconds === 0) return "off";
  if (failure !== null) return "failed";
  if (heardAt === null) return "waiting";
  return now.getTime() - heardAt.getTime() > GAP_POLLS * everySeconds * 1_000 + SLACK_MS ? "late" : "heard";
}

/** `words`: as polls write them down, `status 403` for an answer with that status. */
function failureOf(words: string): PollFailure {
  switch (words) {
    case "refused":
    case "timeout":
    case "too-large":
    case "busy":
    case "cut-off":
      return words;
    case "not-whole":
      return "cut-off";
    case "bad-response":
      return "unreadable";
    case "status 401":
    case "status 403":
      return "denied";
    case "status 404":
      return "not-found";
    case "status 429":
      return "rate-limited";
    default:
      return "status";
  }
}
