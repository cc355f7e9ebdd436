/** What a preview tells somebody who may not read what the draft shows: its shape, and none of the values. */
import { describe, expect, it } from "vitest";
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { PolicyDocument } from "@/lib/domain/policy";
import { BUILT_IN_ROLES, FIELD_CLASSES, type Role } from "@/lib/domain/role";
import { CLASS_TREATMENTS } from "@/lib/domain/class-treatments";
import { anEvent } from "@/lib/domain/testing/an-event";
import { EVENT_KINDS, type TimelineEvent } from "@/lib/domain/timeline-event";
import { coverPreview } from "@/lib/redact/cover-preview";
import { DEFAULT_POLICY } from "@/lib/redact/policy";
import { anAccess } from "@/lib/redact/testing/an-access";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { openTimeline } from "./open-timeline";
import { anInstallation } from "./testing/an-installation";

const NOW = 1_795_446_900_000;
const TRACE = "786fbf4bd8880b5a6d519ffff6f62781";
const PLANTED = {
  "user.email": "canarymail@example.test",
  "staff.name": "Canarystaff",
  "host.name": "canaryhost",
  "db.statement": "select canarycode",
  msg: "canarytext went by",
  "thing.nobody.named": "canaryunknown",
  "http.request.method": "PATCH",
  "account.id": "acct_canary77",
  "order.id": "48192",
} as const;

/** One row of each kind, with something hidden in every place. */
const EVENTS: readonly TimelineEvent[] = EVENT_KINDS.map((kind, n) =>
  anEvent({
    id: `row-${kind}`,
    kind,
    happenedAtNs: epochNsFromMs(NOW - 60_000 + n),
    rawService: "canaryservice",
    title: `canarytitle of ${kind}`,
    text: "canarybody in full",
    attributes: PLANTED,
    links: [{ label: "Explore", url: "https://grafana.example/canarylink" }],
    span: { traceId: TRACE, spanId: "161b78755837c725", spanKind: "server", durationNs: "5", links: [] },
  }),
);

/** Everything that a document can grant. */
const OPEN: PolicyDocument = {
  ...DEFAULT_POLICY,
  roles: DEFAULT_POLICY.roles.map((role) => ({
    ...role,
    classes: Object.fromEntries(FIELD_CLASSES.map((one) => [one, CLASS_TREATMENTS[one][0] ?? "absent"])),
    rows: [{ rows: {}, grant: "full" as const }],
  })),
};

const deps = anInstallation({ "loki/canarysource": () => ({ events: EVENTS }) }, () => NOW);
const asked = {
  keys: [{ kind: "order", value: "48192" }],
  window: { fromNs: epochNsFromMs(NOW - 3_600_000), toNs: epochNsFromMs(NOW) },
};

async function answerFor(role: Role, policy: PolicyDocument): Promise<TimelineAnswer> {
  const access = anAccess(role, { policy, granted: "all" });
  const answer = await collectAnswer(openTimeline(access, asked, deps, new AbortController().signal));
  if (!answer) throw new Error("the stream had no end");
  return answer;
}

async function preview(role: Role, draft: PolicyDocument, reader: Role = "admin") {
  const [shown, own] = await Promise.all([answerFor(role, draft), answerFor(reader, DEFAULT_POLICY)]);
  return { shown, own, covered: coverPreview(shown, own, deps.redaction.displayName) };
}

const canaries = (answer: TimelineAnswer) => new Set(JSON.stringify(answer).match(/canary[a-z]*\d*/g));

function leaves(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(leaves);
}

describe("a preview of a draft that shows everything", () => {
  it("tells an admin no value that their own answer does not hold, though the role would see it", async () => {
    const { shown, own, covered } = await preview("engineer", OPEN);
    const hidden = [...canaries(shown)].filter((one) => !canaries(own).has(one));
    expect(hidden).toEqual(
      expect.arrayContaining(["canarymail", "canarycode", "canarytext", "canaryunknown", "canary77"]),
    );
    expect([...canaries(covered)].filter((one) => hidden.includes(one))).toEqual([]);
  });

  it.each(BUILT_IN_ROLES)("tells a reader in the role %s nothing new either", async (reader) => {
    const { own, covered } = await preview("engineer", OPEN, reader);
    expect([...canaries(covered)].filter((one) => !canaries(own).has(one))).toEqual([]);
  });

  it("holds no text but what the own answer holds, placeholders, and words of ours", async () => {
    const { shown, own, covered } = await preview("support", OPEN);
    const known = new Set([...leaves(own), ...FIELD_CLASSES, "show", "scrub", "support"]);
    const query = new Set(leaves(shown.query));
    const foreign = leaves(covered).filter(
      (text) => !known.has(text) && !query.has(text) && !/^‹[a-z -]+›$/.test(text),
    );
    expect(foreign).toEqual([]);
  });

  it("says what would be shown, by class and treatment", async () => {
    const { covered } = await preview("engineer", OPEN);
    const row = covered.events.find(({ kind }) => kind === "log");
    expect(row?.attributes["user.email"]).toMatchObject({ value: "‹personal shown›", class: "personal" });
    expect(row?.attributes["db.statement"]?.value).toBe("‹code scrubbed›");
    expect(row?.attributes["account.id"]?.value).toBe("‹account-id shown›");
    expect(row?.title).toBe("‹text shown›");
    expect(row?.text).toBe("‹text scrubbed›");
    expect(row?.attributes["host.name"]?.value).toBe("canaryhost");
  });
});

describe("a preview of the policy in force", () => {
  it("is the reader's own answer for the reader's own role", async () => {
    const { own, covered } = await preview("admin", DEFAULT_POLICY);
    expect(covered.events).toEqual(own.events.map(({ clock: _, ...row }) => row));
    expect(covered.events.length).toBeGreaterThan(5);
  });

  it("shows a role's stubs as stubs, and counts them", async () => {
    const { shown, covered } = await preview("support", DEFAULT_POLICY);
    expect(covered.stats.withheld).toBe(shown.stats.withheld);
    expect(covered.stats.withheld).toBeGreaterThan(0);
    const alert = covered.events.find(({ kind }) => kind === "alert");
    expect(alert).toMatchObject({ attributes: {}, keys: [], service: null });
    expect(alert?.sentence).toContain("not shared with your role");
  });

  it("leaves out rows that the reader may not know of", async () => {
    const blind: PolicyDocument = {
      ...DEFAULT_POLICY,
      roles: DEFAULT_POLICY.roles.map((role) => (role.name === "admin" ? { ...role, rows: [] } : role)),
    };
    const [shown, own] = await Promise.all([answerFor("engineer", OPEN), answerFor("admin", blind)]);
    expect(shown.events.length).toBeGreaterThan(0);
    expect(coverPreview(shown, own, (name) => name).events).toEqual([]);
  });
});
