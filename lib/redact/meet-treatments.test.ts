import { describe, expect, it } from "vitest";
import { TREATMENTS } from "@/lib/domain/role";
import { meetTreatments, tellsNoMoreThan } from "./meet-treatments";

const pairs = TREATMENTS.flatMap((a) => TREATMENTS.map((b) => [a, b] as const));

describe("meetTreatments", () => {
  it("tells no more than either, whichever comes first", () => {
    for (const [a, b] of pairs) {
      const met = meetTreatments(a, b);
      expect([a, b, tellsNoMoreThan(met, a) && tellsNoMoreThan(met, b)]).toEqual([a, b, true]);
      expect(meetTreatments(b, a)).toBe(met);
    }
  });
  it("does not depend on how several are put together", () => {
    for (const [a, b] of pairs)
      for (const c of TREATMENTS) {
        expect(meetTreatments(meetTreatments(a, b), c)).toBe(meetTreatments(a, meetTreatments(b, c)));
      }
  });
  it("keeps what both grant", () => {
    for (const treatment of TREATMENTS) {
      expect(meetTreatments(treatment, treatment)).toBe(treatment);
      expect(meetTreatments("show", treatment)).toBe(treatment);
    }
    expect(meetTreatments("scrub", "template")).toBe("template");
    expect(meetTreatments("pseudonym", "incident-pseudonym")).toBe("incident-pseudonym");
  });
  it("shows nothing where the two tell different things", () => {
    expect(meetTreatments("mask", "pseudonym")).toBe("absent");
    expect(meetTreatments("scrub", "pseudonym")).toBe("absent");
    expect(meetTreatments("bucket", "mask")).toBe("absent");
  });
});
