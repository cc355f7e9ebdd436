/** An episode of alert history as each role reads it. */
import { describe, expect, it } from "vitest";
import type { AlertEpisode } from "@/lib/domain/alert-history";
import type { AlertVerdict } from "@/lib/domain/on-call";
import type { PolicyDocument, RolePolicy } from "@/lib/domain/policy";
import type { RowService } from "@/lib/domain/stitched-timeline";
import { DEFAULT_POLICY } from "./policy";
import { redactEpisode, type EpisodeRow } from "./redact-episode";
import { createRedactionContext } from "./redaction-context";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const MAIL = "kim.zq@hidden.example";
const SERVICE: RowService = {
  ...{ name: "zqservice-a", displayName: "Shop", owner: "Orders team", audience: "product" as const, listed: true },
};
const AT = new Date("2026-11-23T12:00:00.000Z");
const EPISODE: AlertEpisode = {
  ...{ id: "e".repeat(32), fingerprint: "f".repeat(16), rule: "Blip", name: `Blip of ${MAIL}`, service: SERVICE.name },
  ...{ environment: "zqenvironment", team: "Orders team", severity: "page", monitoringFault: false, startsAt: AT },
  ...{ endsAt: null, endReason: "open", fires: 3, flapping: 2, route: "page", silenced: true, inhibited: false },
  ...{ reconstructed: false, sources: ["alertmanager/zqsource"], receivers: ["zqreceiver"], firstSeenAt: AT },
};
const ROW: EpisodeRow = { episode: EPISODE, labels: { instance: "zqlabel", team: "billing" }, service: SERVICE };
const aVerdict = (part: Partial<AlertVerdict>): AlertVerdict => ({
  ...{ episodeId: EPISODE.id, rule: "Blip", verdict: "noise", reason: "", note: `zqnote to ${MAIL}`, by: "u1" },
  ...{ byName: "zqname", via: "alerts", createdAt: AT, ...part },
});
const EXTRAS = {
  pages: 4,
  verdicts: [aVerdict({}), aVerdict({ by: "me", byName: "zqme", note: "zqmine" })],
  reader: "me",
};
const CANARIES = ["zqservice", "zqenvironment", "zqsource", "zqname", "zqnote", "zqmine"] as const;

const finance: RolePolicy = {
  ...{ name: "finance", description: "", classes: { workflow: "show" }, abilities: [], mayReveal: [] },
  rows: [{ rows: { kinds: ["alert"], labels: { team: ["billing"] } }, grant: "full" }],
};
const only = (part: Partial<RolePolicy>): RolePolicy => ({ ...finance, name: "special", ...part });

function seenBy(role: string, row: EpisodeRow = ROW, special?: RolePolicy, extras = EXTRAS) {
  const roles = [...DEFAULT_POLICY.roles, finance, ...(special ? [special] : [])];
  const policy: PolicyDocument = { ...DEFAULT_POLICY, roles };
  const settings = { ...redactionSettings(), displayName: () => "Shop" };
  return redactEpisode(row, extras, createRedactionContext(settings, anAccess(role, { policy })));
}

describe("an episode", () => {
  it.each([
    ["engineer", [...CANARIES]],
    ["admin", [...CANARIES]],
    ["manager", ["zqname", "zqnote", "zqmine"]],
    ["finance", ["zqmine"]],
  ])("shows %s exactly what its classes grant", (role, readable) => {
    const view = seenBy(role);
    expect(view?.stub).toBe(false);
    const text = JSON.stringify(view);
    expect(CANARIES.filter((canary) => text.includes(canary))).toEqual(
      CANARIES.filter((one) => readable.includes(one)),
    );
    // Neither labels nor receivers are part of it, for anybody.
    expect(text).not.toMatch(/zqlabel|zqreceiver|zqme"/);
    expect(view).toMatchObject({ rule: "Blip", fires: 3, flapping: 2, pages: 4, route: "page", silenced: true });
  });

  it.each(["support", "vendor"])("is a stub for %s: its times and nothing of it", (role) => {
    const view = seenBy(role);
    expect(view).toMatchObject({
      id: EPISODE.id,
      startsAt: AT.toISOString(),
      endsAt: null,
      endReason: "open",
      stub: true,
    });
    expect(view).toMatchObject({ rule: "", service: "", team: "", fires: 0, pages: 0, sources: [], verdicts: [] });
    expect(JSON.stringify(view)).not.toMatch(/zq|Blip|Orders|page"/);
  });

  it("does not exist for who knows of no such row", () => {
    expect(seenBy("finance", { ...ROW, labels: { team: "orders" } })).toBeNull();
    expect(seenBy("nobody")).toBeNull();
    expect(seenBy("special", ROW, only({ rows: [] }))).toBeNull();
  });

  it("is a stub for who sees the row and not what alerts do", () => {
    const view = seenBy("special", ROW, only({ classes: { infrastructure: "show", staff: "show", note: "show" } }));
    expect(view?.stub).toBe(true);
    expect(JSON.stringify(view)).not.toMatch(/zq|Blip/);
  });

  it("is seen by whoever sees one of its sources", () => {
    const grafana = only({ rows: [{ rows: { sources: ["alertmanager/other"] }, grant: "full" }] });
    const told = (...sources: string[]) => ({ ...ROW, episode: { ...EPISODE, sources } });
    expect(seenBy("special", told("alertmanager/zqsource"), grafana)).toBeNull();
    expect(seenBy("special", told("alertmanager/zqsource", "alertmanager/other"), grafana)?.stub).toBe(false);
    // A hook of another kind that has the name of the granted source is another source.
    expect(seenBy("special", told("grafana/other"), grafana)).toBeNull();
  });

  it("is of the alert managers for rules by kind, also when a hook of another kind told it", () => {
    const byKind = only({ rows: [{ rows: { sourceKinds: ["alertmanager"] }, grant: "full" }] });
    expect(seenBy("special", { ...ROW, episode: { ...EPISODE, sources: ["grafana/other"] } }, byKind)?.stub).toBe(
      false,
    );
  });

  it("lets no address through in its name, nor in notes for who reads them scrubbed", () => {
    for (const role of ["engineer", "admin", "manager", "finance"]) expect(seenBy(role)?.name).not.toContain(MAIL);
    expect(seenBy("engineer")?.verdicts[0]?.note).toMatch(/^zqnote to (?!kim)/);
    expect(seenBy("manager")?.verdicts[0]?.note).toContain(MAIL);
  });

  it("shows everybody their own verdict as theirs, whole, and leaves out what was taken back", () => {
    const extras = { ...EXTRAS, verdicts: [...EXTRAS.verdicts, aVerdict({ by: "u2", verdict: null })] };
    for (const role of ["engineer", "manager", "finance"]) {
      const [foreign, mine, ...more] = seenBy(role, ROW, undefined, extras)?.verdicts ?? [];
      expect(foreign).toMatchObject({ mine: false, verdict: "noise" });
      expect(mine).toMatchObject({ mine: true, by: "you", note: "zqmine" });
      expect(more).toEqual([]);
    }
    expect(seenBy("finance")?.verdicts[0]).toMatchObject({ by: "a colleague", note: "" });
  });
});
