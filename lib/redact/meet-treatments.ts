/** What may be shown when several pairs of eyes each set a limit: never more than any of them allows. Pure. */
import type { Treatment } from "@/lib/domain/role";

/** What each treatment tells no more than, itself left out. Two that tell different things have nothing but `absent`. */
const TELLS_MORE_THAN: Readonly<Record<Treatment, readonly Treatment[]>> = {
  show: ["scrub", "template", "pseudonym", "incident-pseudonym", "mask", "bucket", "team", "absent"],
  scrub: ["template", "absent"],
  pseudonym: ["incident-pseudonym", "absent"],
  "incident-pseudonym": ["absent"],
  template: ["absent"],
  mask: ["absent"],
  bucket: ["absent"],
  team: ["absent"],
  absent: [],
};

/** True when whoever gets `a` learns nothing that `b` would not have told. */
export function tellsNoMoreThan(a: Treatment, b: Treatment): boolean {
  return a === b || TELLS_MORE_THAN[b].includes(a);
}

export function meetTreatments(a: Treatment, b: Treatment): Treatment {
  if (tellsNoMoreThan(a, b)) return a;
  if (tellsNoMoreThan(b, a)) return b;
  // A stand-in of one incident tells less than both a stand-in and anything that shows the value.
  return "absent";
}
