/** The team of who acted, through the whole road: the catalogue says which teams there are. */
import { expect, it } from "vitest";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { anEvent } from "@/lib/domain/testing/an-event";
import { anAccess } from "@/lib/redact/testing/an-access";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { openTimeline } from "./open-timeline";
import { anInstallation } from "./testing/an-installation";

const NOW = 1_795_446_900_000;

async function actorFor(role: string, team: string): Promise<string | undefined> {
  const line = anEvent({
    ...{ rawService: "admin-web", kind: "log", title: "changed", text: "changed" },
    attributes: { "order.id": "48192", "enduser.team": team, "enduser.id": "zqpat" },
  });
  const deps = anInstallation({ "loki/main": () => ({ events: [line] }) }, () => NOW, {
    services: [{ name: "admin-web", displayName: "admin panel", owner: "Internal tools team", actor: "staff" }],
    teams: ["Customer care"],
    fields: { "enduser.team": "staff", "enduser.id": "staff" },
  });
  const window = { fromNs: epochNsFromMs(NOW - 3_600_000), toNs: epochNsFromMs(NOW) };
  const asked = { keys: [{ kind: "order", value: "48192" }], window };
  const answer = await collectAnswer(openTimeline(anAccess(role), asked, deps, new AbortController().signal));
  const event = answer?.events[0];
  expect(event?.actor.kind).toBe("staff");
  if (role === "support") expect(JSON.stringify(answer)).not.toContain("zqpat");
  return event?.actor.name;
}

it.each(["support", "engineer", "manager", "admin"])(
  "is the same for %s, and only one that was written down",
  async (role) => {
    expect(await actorFor(role, "Customer care")).toBe("Customer care");
    expect(await actorFor(role, "Internal tools team")).toBe("Internal tools team");
    expect(await actorFor(role, "zqpat example")).toBeUndefined();
  },
);
