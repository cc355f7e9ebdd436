/** Who acted, for those who read teams: the team that somebody wrote down, and never the person. */
import { describe, expect, it } from "vitest";
import { EventView } from "@/lib/contract/event-view";
import type { Role } from "@/lib/domain/role";
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import type { EventKind } from "@/lib/domain/timeline-event";
import { redactRow } from "./redact-row";
import { createRedactionContext, type RedactionContext } from "./redaction-context";
import { aCanaryRow } from "./testing/a-canary-row";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const as = (role: Role) => createRedactionContext(redactionSettings(), anAccess(role));
const shown = (context: RedactionContext, over: Partial<TimelineRow> = {}, kind: EventKind = "log") =>
  EventView.parse(redactRow({ ...aCanaryRow(kind), ...over }, "1", context));
const withEvent = (over: Partial<TimelineRow["event"]>, kind: EventKind = "log") => ({
  event: { ...aCanaryRow(kind).event, ...over },
});

describe("who acted", () => {
  const told = (role: Role, attributes: Record<string, string>, actor: TimelineRow["actor"] = "staff") => {
    const view = shown(as(role), { actor, ...withEvent({ attributes }) });
    return { name: view.actor.name, text: JSON.stringify(view) };
  };
  const PERSON = { "staff.name": "Zqpat Example", "staff.email": "zqpat@hidden.example" };

  it.each<[Role, string | undefined, boolean]>([
    ["support", "Orders team", false],
    ["engineer", "Orders team", true],
    ["manager", "Orders team", true],
    ["admin", "Orders team", true],
    ["vendor", undefined, false],
    ["nobody", undefined, false],
  ])("is for %s the team %s; the person is read: %s", (role, team, readsPerson) => {
    const { name, text } = told(role, { ...PERSON, "staff.team": "Orders team" });
    expect([name, /zqpat/i.test(text)]).toEqual([team, readsPerson]);
  });

  it("is nobody where the evidence names no team, or what nobody wrote down as one", () => {
    for (const attributes of [
      PERSON,
      { "staff.team": "Zqpat Example" },
      { team: "Orders team" },
      { "staff.id": "Orders team" },
    ])
      for (const role of ["support", "engineer"] as const) expect(told(role, attributes).name).toBeUndefined();
    expect(told("support", { "agent.team": "Zqpat", "staff.team": "Orders team" }).name).toBe("Orders team");
    expect(told("support", { "staff.team": "Zqpat Example" }).text).not.toContain("Zqpat");
  });

  it("is a team of staff only, and nothing of a row that is not shared", () => {
    expect(told("engineer", { "staff.team": "Orders team" }, "customer").name).toBeUndefined();
    const stub = {
      ...withEvent({ attributes: { "staff.team": "Orders team" } }, "metric-step"),
      actor: "staff" as const,
    };
    expect(shown(as("support"), stub).actor).toEqual({ kind: "staff" });
  });
});
