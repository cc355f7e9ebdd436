/** Random months of a small estate, close enough in time that everything meets everything. */
import fc from "fast-check";
import type { NoiseFire, NoiseInput } from "@/lib/domain/noise-input";
import { type AlertPage, VERDICTS } from "@/lib/domain/on-call";
import { at } from "../at";
import { aFire, aMonth, aPage, aPerson, aShift, aVerdict, MINUTE } from "./a-month";

const FIRST = Date.parse("2026-10-05T18:00:00Z");
const SERVICES = ["checkout", "orders", "stock", ""];
const TEAMS = ["shop", "store", ""];
const SEVERITIES = ["critical", "warning", ""];

const fireSpec = fc.record({
  minute: fc.nat(6000),
  second: fc.nat(59),
  lasts: fc.option(fc.nat(4000), { nil: null }),
  expired: fc.boolean(),
  rule: fc.nat(4),
  service: fc.constantFrom(...SERVICES),
  team: fc.constantFrom(...TEAMS),
  severity: fc.constantFrom(...SEVERITIES),
  again: fc.option(fc.nat(4), { nil: null }),
});
const pageSpec = fc.record({
  fire: fc.nat(200),
  after: fc.integer({ min: 0, max: 600 }),
  person: fc.constantFrom("ana", "bo", "cy"),
  delivered: fc.boolean(),
  ack: fc.option(fc.integer({ min: -20, max: 5000 }), { nil: null }),
  resolve: fc.option(fc.integer({ min: 0, max: 5000 }), { nil: null }),
  byPerson: fc.boolean(),
  linked: fc.boolean(),
});
const verdictSpec = fc.record({
  fire: fc.nat(200),
  verdict: fc.constantFrom(...VERDICTS, null),
  by: fc.constantFrom("ana", "bo"),
  via: fc.constantFrom("alerts" as const, "backlog" as const),
  minute: fc.nat(50),
});

export const randomMonth: fc.Arbitrary<NoiseInput> = fc
  .record({
    fires: fc.array(fireSpec, { minLength: 1, maxLength: 40 }),
    pages: fc.array(pageSpec, { maxLength: 40 }),
    verdicts: fc.array(verdictSpec, { maxLength: 25 }),
  })
  .map(({ fires: fireSpecs, pages: pageSpecs, verdicts }) => {
    const fires: NoiseFire[] = [];
    fireSpecs.forEach((spec, i) => {
      const startsAt = FIRST + spec.minute * MINUTE + spec.second * 1000;
      const endsAt = spec.lasts === null ? null : startsAt + spec.lasts * 1000;
      const fire = aFire(`f${i}`, startsAt, {
        rule: `rule-${spec.rule}`,
        name: `Rule ${spec.rule}`,
        fingerprint: `fp-${spec.rule}-${spec.service}`,
        service: spec.service,
        team: spec.team,
        severity: spec.severity,
        endsAt,
        endReason: endsAt === null ? "open" : spec.expired ? "expired" : "resolved",
      });
      fires.push(fire);
      for (let next = 1; endsAt !== null && next <= (spec.again ?? 0); next += 1) {
        const start = startsAt + next * ((spec.lasts ?? 0) * 1000 + 4 * MINUTE);
        const end = start + (spec.lasts ?? 0) * 1000;
        fires.push({ ...fire, id: `f${i}-${next}`, startsAt: start, endsAt: end });
      }
    });
    const pages = pageSpecs.map((spec, i): AlertPage => {
      const fire = at(fires, spec.fire % fires.length);
      const pagedAt = fire.startsAt + spec.after * 1000;
      return aPage(`p${i}`, pagedAt, {
        responderId: spec.person,
        episodeId: spec.linked ? fire.episodeId : null,
        service: fire.service,
        delivered: spec.delivered,
        ackedAt: spec.ack === null ? null : new Date(pagedAt + spec.ack * 1000),
        ackedBy: spec.ack === null ? null : spec.person,
        resolvedAt: spec.resolve === null ? null : new Date(pagedAt + spec.resolve * 1000),
        resolvedBy: spec.resolve === null ? null : spec.byPerson ? "person" : "source",
      });
    });
    return aMonth({
      fires,
      pages,
      responders: [aPerson("ana", "Europe/Berlin"), aPerson("bo", "America/New_York", "store"), aPerson("cy", null)],
      shifts: [
        aShift("ana", "2026-10-05T08:00:00Z", "2026-10-07T20:00:00Z"),
        aShift("ana", "2026-10-06T08:00:00Z", "2026-10-06T20:00:00Z"),
        aShift("bo", "2026-10-07T08:00:00Z", "2026-10-09T21:00:00Z"),
      ],
      verdicts: verdicts.map(({ fire, verdict, by, via, minute }) => ({
        ...aVerdict(at(fires, fire % fires.length).episodeId, verdict, by, minute),
        via,
      })),
      rules: [0, 1, 2].map((i) => ({
        rule: `rule-${i}`,
        name: `Rule ${i}`,
        owner: i === 0 ? "" : `owner-${i}`,
        runbook: "",
        expression: i === 1 ? "queue_depth > 9" : "",
        declaredClass: "",
        forSeconds: 60,
        keepFiringSeconds: 0,
      })),
      acts: [{ kind: "deploy", service: "orders", episodeId: null, at: new Date(FIRST + 600 * MINUTE) }],
      dependencies: { checkout: ["orders"], orders: ["stock"] },
    });
  });
