/** What each role may know of who and what kept an alert quiet. */
import { describe, expect, it } from "vitest";
import { QuietingView } from "@/lib/contract/episode-detail";
import type { PolicyDocument, RowRule } from "@/lib/domain/policy";
import { DEFAULT_POLICY } from "./policy";
import type { EpisodeRow } from "./redact-episode";
import { type Quieting, redactQuieting } from "./redact-quieting";
import { createRedactionContext, type RedactionContext } from "./redaction-context";
import { OWN_SERVICE } from "./testing/a-canary-row";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const AT = new Date("2026-11-23T15:00:00.000Z");
const LATER = new Date("2026-11-23T15:20:00.000Z");
const as = (role: string) => createRedactionContext(redactionSettings(), anAccess(role));

function withRows(rows: readonly RowRule[], classes?: PolicyDocument["roles"][number]["classes"]): RedactionContext {
  const roles = DEFAULT_POLICY.roles.map((role) =>
    role.name === "engineer" ? { ...role, rows: [...rows], classes: classes ?? role.classes } : role,
  );
  return createRedactionContext(redactionSettings(), anAccess("engineer", { policy: { ...DEFAULT_POLICY, roles } }));
}

const other = (name: string, service: string): Quieting => ({
  what: "inhibition",
  row: {
    episode: {
      ...{ id: "e2", fingerprint: "f", rule: name, name, service, environment: "prod", team: "", severity: "page" },
      ...{
        monitoringFault: false,
        startsAt: AT,
        endsAt: null,
        endReason: "open",
        fires: 1,
        flapping: 0,
        route: "page",
      },
      ...{ silenced: false, inhibited: false, reconstructed: false, sources: ["alertmanager/main"], receivers: [] },
      firstSeenAt: AT,
    },
    ...{ labels: {}, service: { ...OWN_SERVICE, name: service } },
  } satisfies EpisodeRow,
});
const SILENCE: Quieting = {
  what: "silence",
  silence: { createdBy: "Zqada", comment: "zqnote for zq@hidden.example", startsAt: AT, endsAt: LATER },
};
const shown = (context: RedactionContext, quieting: Quieting) =>
  QuietingView.parse(redactQuieting(quieting, context.table(OWN_SERVICE), context));

describe("what kept an alert quiet", () => {
  it("is told to an engineer with the author, and the note through detectors", () => {
    const view = shown(as("engineer"), SILENCE);
    expect(view).toMatchObject({ by: "Zqada", from: AT.toISOString(), to: LATER.toISOString() });
    expect(view.note).toMatch(/^zqnote for (?!zq@)/);
  });

  it("is told to managers and admins with the note as it stands", () => {
    for (const role of ["manager", "admin"])
      expect(shown(as(role), SILENCE)).toMatchObject({ by: "Zqada", note: "zqnote for zq@hidden.example" });
  });

  it("has neither author nor note for those who read neither", () => {
    const context = withRows([{ rows: {}, grant: "full" }], { workflow: "show" });
    expect(shown(context, SILENCE)).toMatchObject({ by: "a colleague", note: "" });
    for (const role of ["support", "vendor"])
      expect(JSON.stringify(shown(as(role), { ...SILENCE }))).not.toContain("hidden.example");
  });

  it("names nobody when its source never told the silence, or named nobody", () => {
    expect(shown(as("admin"), { what: "silence", silence: null })).toMatchObject({ by: "", note: "", from: null });
    const nobody = { createdBy: "", comment: "", startsAt: AT, endsAt: LATER };
    expect(shown(as("vendor"), { what: "silence", silence: nobody }).by).toBe("");
  });

  it("is a mute by its name, without what looks like personal data", () => {
    expect(shown(as("manager"), { what: "mute", name: "weekends" })).toMatchObject({ what: "mute", name: "weekends" });
    expect(shown(as("engineer"), { what: "mute", name: "ask zq@hidden.example" }).name).not.toContain("hidden.example");
  });

  it("is another alert by its name only where the role may read that alert", () => {
    expect(shown(as("engineer"), other("ClusterDown", "zqother")).name).toBe("ClusterDown");
    const here: RowRule = { rows: { services: ["zqhere"] }, grant: "full" };
    const stub: RowRule = { rows: { services: ["zqother"] }, grant: "stub" };
    for (const rows of [[here], [here, stub]])
      expect(shown(withRows(rows), other("Zqhidden", "zqother"))).toMatchObject({ what: "inhibition", name: "" });
    expect(shown(as("engineer"), { what: "inhibition", row: null }).name).toBe("");
  });
});
