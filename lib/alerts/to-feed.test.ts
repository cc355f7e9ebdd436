import { describe, expect, it } from "vitest";
import { OnCallFeed } from "@/lib/contract/on-call";
import { toFeed } from "./to-feed";

const PAGE = { id: "p1", person: "Kim@Example.com", at: "2026-10-03T04:14:31+02:00", alert: "Blip", channel: "call" };
const page = (part: object = {}) => toFeed(OnCallFeed.parse({ pages: [{ ...PAGE, ...part }] })).pages[0];

describe("a feed as it is stored", () => {
  it("has absolute times and people by their folded address", () => {
    expect(page()).toMatchObject({ handle: "kim@example.com", pagedAt: new Date("2026-10-03T02:14:31Z") });
  });

  it("never assumes that somebody acknowledged, resolved or worked", () => {
    expect(page()).toMatchObject({
      ...{ ackedAt: null, ackedBy: null, resolvedAt: null, resolvedBy: null, engagedMinutes: null },
      ...{ fingerprint: null, estimated: false, delivered: true, step: 1, reason: "first", service: "" },
    });
    // Somebody without a time is no acknowledgment.
    expect(page({ ackedBy: "max@example.com" })).toMatchObject({ ackedAt: null, ackedBy: null });
  });

  it("takes who was paged for who acknowledged, unless it says who did", () => {
    const ackedAt = "2026-10-03T02:20:00Z";
    expect(page({ ackedAt })?.ackedBy).toBe("kim@example.com");
    expect(page({ ackedAt, ackedBy: "Max@example.com" })?.ackedBy).toBe("max@example.com");
  });

  it("gives a clock its day, or all days, and none to who has none", () => {
    const person = (part: object) => toFeed(OnCallFeed.parse({ people: [{ person: "kim", ...part }] })).people[0];
    const from = "2026-10-01T00:00:00Z";
    expect(person({ zone: "Europe/Berlin", from })?.zone).toEqual({ zone: "Europe/Berlin", from: new Date(from) });
    expect(person({ zone: "Europe/Berlin" })?.zone?.from.getTime()).toBe(0);
    expect(person({ name: "Kim" })).not.toHaveProperty("zone");
  });

  it("keeps shifts by their own id", () => {
    const shift = { id: "s1", person: "KIM", from: "2026-10-01T08:00:00Z", to: "2026-10-08T08:00:00Z" };
    expect(toFeed(OnCallFeed.parse({ shifts: [shift] })).shifts).toEqual([
      {
        ...{ externalId: "s1", handle: "kim", schedule: "" },
        ...{ startsAt: new Date("2026-10-01T08:00:00Z"), endsAt: new Date("2026-10-08T08:00:00Z") },
      },
    ]);
  });
});
