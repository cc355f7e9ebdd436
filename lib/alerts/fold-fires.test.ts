import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AlertSighting } from "@/lib/domain/alert-history";
import { compileCanonicalNames } from "@/lib/normalize/canonical-names";
import { foldFires } from "./fold-fires";
import { anAlert, aSighting, minute } from "./testing/a-sighting";

const names = compileCanonicalNames(
  [{ name: "order-api", aliases: ["OrderAPI"], owner: "checkout", actor: "service", audience: "product" }],
  [{ name: "production", aliases: ["prod"] }],
);
const rules = { names, replicaLabels: ["replica"] };
const fold = (...sightings: AlertSighting[]) => foldFires(sightings, rules);
const spans = (...sightings: AlertSighting[]) =>
  fold(...sightings).map(({ startsAt, endsAt, endReason }) => [
    (startsAt.getTime() - minute(0).getTime()) / 60_000,
    endsAt && (endsAt.getTime() - minute(0).getTime()) / 60_000,
    endReason,
  ]);

describe("foldFires", () => {
  it("makes one fire of a start and its end", () => {
    expect(
      spans(aSighting({ status: "firing", start: 0 }), aSighting({ status: "resolved", start: 0, end: 7 })),
    ).toEqual([[0, 7, "resolved"]]);
  });

  it("knows a fire of which only the end came", () => {
    expect(spans(aSighting({ status: "resolved", start: 3, end: 7 }))).toEqual([[3, 7, "resolved"]]);
  });

  it("lets a start move earlier while the alert fires, and the end close it under either start", () => {
    const moved = [aSighting({ status: "firing", start: 3.3 }), aSighting({ status: "firing", start: 0, seen: 4 })];
    expect(spans(...moved)).toEqual([[0, null, "open"]]);
    expect(spans(...moved, aSighting({ status: "resolved", start: 0, end: 20 }))).toEqual([[0, 20, "resolved"]]);
    expect(spans(...moved, aSighting({ status: "resolved", start: 3.3, end: 20 }))).toEqual([[0, 20, "resolved"]]);
  });

  it("lets a start move earlier by more than five minutes when it was seen firing meanwhile", () => {
    const late = aSighting({ status: "firing", start: 33, seen: 34 });
    expect(spans(late, aSighting({ status: "firing", start: 0, seen: 36 }))).toEqual([[0, null, "open"]]);
  });

  it("takes a much later start without an end between for a lost end", () => {
    const before = aSighting({ status: "firing", start: 0, seen: 4 });
    expect(spans(before, aSighting({ status: "firing", start: 60 }))).toEqual([
      [0, 4, "source_lost"],
      [60, null, "open"],
    ]);
  });

  it("counts the last arrival of the same bytes as seen firing", () => {
    const repeated = { ...aSighting({ status: "firing", start: 0, seen: 1 }), lastObservedAt: minute(40) };
    expect(spans(repeated, aSighting({ status: "firing", start: 60 }))[0]).toEqual([0, 40, "source_lost"]);
  });

  it("never takes absence from a payload for an end", () => {
    expect(spans(aSighting({ status: "firing", start: 0 }))).toEqual([[0, null, "open"]]);
  });

  it("starts a new fire after an end", () => {
    const first = [aSighting({ status: "firing", start: 0 }), aSighting({ status: "resolved", start: 0, end: 7 })];
    expect(spans(...first, aSighting({ status: "firing", start: 7 }))).toEqual([
      [0, 7, "resolved"],
      [7, null, "open"],
    ]);
  });

  it("closes what fires by an end that carries no start", () => {
    const bare = aSighting({ status: "resolved", start: 9, end: 9 });
    expect(spans(bare, aSighting({ status: "firing", start: 0 }))).toEqual([[0, 9, "resolved"]]);
    expect(spans(bare)).toEqual([[9, 9, "resolved"]]);
  });

  it("does not stretch a fire that had ended by a later end without a start", () => {
    const known = aSighting({ status: "resolved", start: 0, end: 5 });
    expect(spans(known, aSighting({ status: "resolved", start: 60, end: 60 }))).toEqual([
      [0, 5, "resolved"],
      [60, 60, "resolved"],
    ]);
  });

  it("believes the sender over a poll, and who saw it firing over who missed it before", () => {
    const gone = aSighting({ status: "gone", start: 0, end: 6 });
    expect(spans(aSighting({ status: "firing", start: 0 }), gone)).toEqual([[0, 6, "expired"]]);
    expect(spans(gone, aSighting({ status: "resolved", start: 0, end: 5 }))).toEqual([[0, 5, "resolved"]]);
    expect(spans(gone, aSighting({ status: "firing", start: 0, seen: 30 }))).toEqual([[0, null, "open"]]);
  });

  it("makes one fire of copies and counts them", () => {
    const replica = (name: string) => ({ alert: anAlert({ labels: { service: "order-api", replica: name } }) });
    const [fire, ...others] = fold(
      aSighting({ status: "firing", start: 0 }, replica("a")),
      aSighting({ status: "firing", start: 0.2 }, replica("b")),
      aSighting({ status: "firing", start: 0.2, seen: 9 }, replica("b")),
      aSighting({ status: "firing", start: 0 }, { ...replica("a"), source: "alertmanager/other" }),
    );
    expect(others).toEqual([]);
    expect(fire).toMatchObject({ duplicates: 2, sources: ["alertmanager/main", "alertmanager/other"] });
  });

  it("names service, owner and environment as the catalogue does, and keeps the latest words", () => {
    const labels = { service: "OrderAPI", severity: "Page", env: "prod" };
    const [fire] = fold(
      aSighting({ status: "firing", start: 0 }, { alert: anAlert({ labels, annotations: { summary: "first" } }) }),
      aSighting(
        { status: "firing", start: 0, seen: 5 },
        { alert: anAlert({ labels, annotations: { summary: "last" } }) },
      ),
    );
    expect(fire).toMatchObject({ service: "order-api", team: "checkout", environment: "production", severity: "page" });
    expect(fire?.annotations).toEqual({ summary: "last" });
    expect(fire?.firstSeenAt).toEqual(minute(0.5));
    expect(fire?.lastSeenAt).toEqual(minute(5));
  });

  it("pages when any notification of it did, and is quiet only when every sighting was", () => {
    const [fire] = fold(
      aSighting({ status: "firing", start: 0 }, { alert: anAlert({ route: "page" }) }),
      aSighting({ status: "firing", start: 0, seen: 2 }, { alert: anAlert({ route: "ticket", silenced: true }) }),
    );
    expect(fire).toMatchObject({ route: "page", silenced: false });
  });

  it("gives the same whatever the order and the repeats", () => {
    fc.assert(
      fc.property(someSightings, fc.infiniteStream(fc.nat()), (sightings, numbers) => {
        const expected = fold(...sightings);
        const shuffled = [...sightings, ...sightings.filter((_, i) => i % 3 === 0)]
          .map((sighting) => ({ sighting, at: numbers.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ sighting }) => sighting);
        expect(fold(...shuffled)).toEqual(expected);
      }),
    );
  });

  describe("what a metrics server remembers", () => {
    const rebuilt = (start: number, end: number) =>
      aSighting({ status: "resolved", start, end, seen: 9_000 }, { alert: anAlert({ reconstructed: true }) });
    const times = (...sightings: AlertSighting[]) =>
      fold(...sightings).map(({ startsAt, endsAt, reconstructed }) => [startsAt, endsAt, reconstructed]);

    it("fills the time in which nobody told anything", () => {
      const told = aSighting({ status: "resolved", start: 100, end: 110 });
      expect(times(rebuilt(0, 10), told, rebuilt(110, 115))).toEqual([
        [minute(0), minute(10), true],
        [minute(100), minute(110), false],
        [minute(110), minute(115), true],
      ]);
    });

    it("never moves what was told, whether that ended or was only seen", () => {
      const ended = aSighting({ status: "resolved", start: 100, end: 110 });
      expect(times(rebuilt(98, 120), ended)).toEqual([[minute(100), minute(110), false]]);
      const seen = aSighting({ status: "firing", start: 100, seen: 130 });
      expect(times(seen, rebuilt(100, 120))).toEqual([[minute(100), null, false]]);
    });
  });

  it("never overlaps, never ends before it starts, and leaves at most the last open", () => {
    fc.assert(
      fc.property(someSightings, (sightings) => {
        const fires = fold(...sightings);
        fires.forEach(({ startsAt, endsAt }, i) => {
          const next = fires[i + 1];
          if (endsAt) expect(endsAt.getTime()).toBeGreaterThanOrEqual(startsAt.getTime());
          if (next) expect(endsAt?.getTime()).toBeLessThanOrEqual(next.startsAt.getTime());
        });
      }),
    );
  });
});

const someSightings = fc.array(
  fc
    .record({
      status: fc.constantFrom("firing" as const, "resolved" as const, "gone" as const),
      start: fc.integer({ min: 0, max: 90 }),
      lasts: fc.integer({ min: -1, max: 30 }),
      lag: fc.integer({ min: 0, max: 20 }),
      delivery: fc.integer({ min: 1, max: 6 }),
      source: fc.constantFrom("alertmanager/main", "grafana/main"),
      summary: fc.constantFrom("a", "b"),
      reconstructed: fc.constantFrom(false, false, true),
    })
    .map(({ status, start, lasts, lag, delivery, source, summary, reconstructed }) =>
      aSighting(
        { status, start, end: status === "firing" ? null : start + lasts, seen: start + lag },
        { deliveryId: BigInt(delivery), source, alert: anAlert({ annotations: { summary }, reconstructed }) },
      ),
    ),
  { maxLength: 25 },
);
