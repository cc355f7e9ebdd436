/**
 * Non-interference: two estates that differ only in what somebody may not see give the same bytes, frame by frame and as
 * one answer. Ids of facts are given by the estate here; real ones are keyed digests of the record and tell nothing but
 * that the same record has the same id.
 */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Access } from "@/lib/domain/access";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import type { PolicyDocument, RolePolicy } from "@/lib/domain/policy";
import { BUILT_IN_ROLES } from "@/lib/domain/role";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { DEFAULT_POLICY } from "@/lib/redact/policy";
import { anAccess } from "@/lib/redact/testing/an-access";
import { aRolePolicy } from "@/lib/redact/testing/a-role-policy";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { openTimeline } from "./open-timeline";
import { anInstallation } from "./testing/an-installation";
import { anEstate, ASKED_AT_MS, aTwist, otherWorld, OWNERS, type Twist } from "./testing/two-worlds";

const IS_LONG = process.env["THROUGHLINE_LONG_TESTS"] === "1";
vi.setConfig({ testTimeout: IS_LONG ? 900_000 : 60_000 });

const SERVICES = Object.entries(OWNERS).map(([name, owner]) => ({
  name,
  owner,
  displayName: `the ${name} of the shop`,
}));
const ASKED = {
  keys: [{ kind: "order", value: "48192" }],
  window: { fromNs: epochNsFromMs(ASKED_AT_MS - 3_600_000), toNs: epochNsFromMs(ASKED_AT_MS) },
};

interface Told {
  readonly frames: string;
  readonly answer: string;
}

/** Everything the asker is told. */
async function told(events: readonly TimelineEvent[], access: Access): Promise<Told> {
  const answer = (source: string, kinds: readonly string[], services?: readonly (string | null)[]) => ({
    events: events
      .filter((event) => event.source === source && kinds.includes(event.kind))
      .filter((event) => services?.includes(event.rawService) ?? true),
    queries: [{ language: "LogQL" as const, text: '{app="zq"}' }],
  });
  const around = (request: EvidenceRequest, source: string, kind: string) =>
    request.kind === "context" ? answer(source, [kind], request.rawServices) : undefined;
  const deps = anInstallation(
    {
      "loki/main": ({ kind }) => (kind === "context" ? {} : answer("loki/main", ["log", "staff-action", "job-run"])),
      "tempo/main": ({ kind }) => (kind === "trace" ? answer("tempo/main", ["span"]) : {}),
      "sentry/main": (request) => around(request, "sentry/main", "deploy") ?? answer("sentry/main", ["error"]),
      "alertmanager/main": (request) => around(request, "alertmanager/main", "alert") ?? {},
    },
    () => ASKED_AT_MS,
    { services: SERVICES },
  );
  const frames = [];
  const sealed = [];
  for await (const frame of openTimeline(access, ASKED, deps, new AbortController().signal)) {
    sealed.push(frame);
    frames.push(JSON.stringify(frame.reveal()));
  }
  return { frames: frames.join("\n"), answer: JSON.stringify(await collectAnswer(toAsync(sealed))) };
}

async function* toAsync<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

const sameBytes = (access: Access, seenBy: Access = access) =>
  fc.asyncProperty(anEstate, aTwist, (estate, twist) => expectSameBytes(estate, twist, access, seenBy));

async function expectSameBytes(
  estate: readonly TimelineEvent[],
  twist: Twist,
  access: Access,
  seenBy: Access = access,
): Promise<void> {
  const [there, here] = [await told(otherWorld(estate, access, twist), seenBy), await told(estate, seenBy)];
  expectSame(there.answer, here.answer);
  if (!twist.moves) expectSame(there.frames, here.frames);
}

/** Only the first difference is of use to whoever reads the failure. */
function expectSame(there: string, here: string): void {
  let at = 0;
  while (at < here.length && here[at] === there[at]) at++;
  const around = (text: string) => text.slice(Math.max(0, at - 120), at + 80);
  expect(around(there)).toBe(around(here));
}

/** Billing alerts and what billing does; deploys and other alerts do not exist for it. */
const FINANCE: RolePolicy = {
  name: "finance",
  description: "",
  classes: { workflow: "show", "business-id": "show", "account-id": "pseudonym" },
  rows: [
    { rows: { kinds: ["alert"], labels: { team: ["billing"] } }, grant: "full" },
    { rows: { services: ["billing-api"], kinds: ["log", "span", "error", "job-run"] }, grant: "full" },
  ],
  abilities: ["ask"],
  mayReveal: [],
};
const withRole = (role: RolePolicy): PolicyDocument => ({ ...DEFAULT_POLICY, roles: [...DEFAULT_POLICY.roles, role] });
const VENDOR = anAccess("vendor", { granted: new Set(["order-service"]) });

const ASKERS: readonly (readonly [name: string, Access])[] = [
  ...BUILT_IN_ROLES.filter((role) => role !== "vendor").map((role) => [role, anAccess(role)] as const),
  ["a support person of the team that owns a service", anAccess("support", { teams: ["Orders team"] })],
  ["a vendor with one service", VENDOR],
  ["a vendor without any", anAccess("vendor")],
  ["finance, whose policy leaves rows out", anAccess("finance", { policy: withRole(FINANCE) })],
  ["an engineer who looks through support's link", anAccess("engineer", { with: ["support"] })],
];

describe("two worlds that differ only in what the asker may not see", () => {
  it.each(ASKERS)("are the same bytes for %s", async (_name, access) => {
    await fc.assert(sameBytes(access), { numRuns: IS_LONG ? 600 : 40 });
  });

  it("are the same bytes under any policy", async () => {
    const anybody = fc.asyncProperty(anEstate, aTwist, aRolePolicy, async (estate, twist, role) => {
      const access = anAccess("anybody", { policy: withRole(role), granted: new Set(["order-service"]) });
      await expectSameBytes(estate, twist, access);
    });
    await fc.assert(anybody, { numRuns: IS_LONG ? 2_000 : 120 });
  });

  it.each(ASKERS.filter(([name]) => name !== "engineer"))(
    "differ for who may see it, so that the tests above can fail: %s",
    async (_name, access) => {
      const { failed } = await fc.check(sameBytes(access, anAccess("engineer")), { numRuns: 40 });
      expect(failed).toBe(true);
    },
  );

  it("differ when the policy of one class is read wrongly", async () => {
    const support = anAccess("support");
    for (const fieldClass of ["infrastructure", "text", "code", "unknown"] as const) {
      const role: RolePolicy = {
        ...support.lenses[0]!.role,
        classes: { ...support.lenses[0]!.role.classes, [fieldClass]: "scrub" },
      };
      const broken = { ...support, lenses: [{ ...support.lenses[0]!, role }] };
      const { failed } = await fc.check(sameBytes(support, broken), { numRuns: 40 });
      expect([fieldClass, failed]).toEqual([fieldClass, true]);
    }
  });
});
