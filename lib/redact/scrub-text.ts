/**
 * The second net under free text for roles that may read it: what looks personal becomes a stand-in, what looks secret
 * goes. On any doubt the whole text goes. Non-engineers never get free text at all, so this is not the boundary.
 */
import { namesPerson } from "./field-catalog";
import type { Pseudonymizer } from "./pseudonym";
import { findSensitive, isWorthALook } from "./scrub/find-sensitive";
import type { Protect } from "./scrub/protected-ids";
import type { Finding } from "./scrub/span";

export const MAX_SCRUBBED_LENGTH = 65_536;
/** A value that the cut would halve is not recognised any more, so the cut moves back to a space, or by this much. */
const CUT_MARGIN = 512;
export const CUT = "… [cut]";
export const WITHHELD = "[withheld: may contain personal data or a secret]";
const SECRET = "[secret]";

export interface ScrubOptions {
  /** Ids that the detectors for numbers must leave alone. */
  readonly protect?: Protect;
  /** `personal`: a reveal opened them. Secrets go all the same. */
  readonly keep?: "personal";
  /** Path of the attribute that holds the text: what is called a first name is one, though no detector knows names. */
  readonly name?: string;
}

/**
 * In: any text. Out: the same text, at most `MAX_SCRUBBED_LENGTH` long, with personal values replaced by pseudonyms and
 * secrets by `[secret]`; or `WITHHELD`. A text in which nothing is found comes back as it was. Pure; never throws.
 */
export function scrubText(text: string, pseudonyms: Pseudonymizer, options: ScrubOptions = {}): string {
  const capped = text.length > MAX_SCRUBBED_LENGTH ? cut(text) : text;
  try {
    if (isPersonByName(options) && /[\p{L}\p{N}]/u.test(text)) return pseudonyms.pseudonym("person", text);
    if (!isWorthALook(capped)) return capped;
    const found = remaining(capped, options);
    if (found.length === 0) return capped;
    // A key goes over many lines, and where it ends is a guess.
    if (found.some(({ type }) => type === "key")) return WITHHELD;
    const scrubbed = replaceAll(capped, found, pseudonyms);
    return remaining(scrubbed, options).length === 0 ? scrubbed : WITHHELD;
  } catch {
    return WITHHELD;
  }
}

function remaining(text: string, { protect, keep }: ScrubOptions): Finding[] {
  const found = findSensitive(text, protect);
  return keep === "personal" ? found.filter((finding) => finding.class === "secret") : found;
}

function isPersonByName({ name, keep }: ScrubOptions): boolean {
  return name !== undefined && keep === undefined && namesPerson(name.slice(name.lastIndexOf(".") + 1));
}

function cut(text: string): string {
  const whole = text.slice(0, MAX_SCRUBBED_LENGTH);
  const space = whole.search(/\s\S*$/);
  return whole.slice(0, Math.max(space, MAX_SCRUBBED_LENGTH - CUT_MARGIN)) + CUT;
}

/** Overlapping findings go as one. A secret anywhere in it makes it a secret; the last layer reads a value plainest. */
function replaceAll(text: string, findings: readonly Finding[], pseudonyms: Pseudonymizer): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, class: found, type, value } of merge(findings)) {
    parts.push(text.slice(at, start), found === "secret" ? SECRET : pseudonyms.pseudonym(type, canonical(type, value)));
    at = end;
  }
  return parts.join("") + text.slice(at);
}

function merge(findings: readonly Finding[]): Finding[] {
  const merged: (Finding & { readonly order: number })[] = [];
  for (const next of findings.map((one, order) => ({ ...one, order })).sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (!last || next.start >= last.end) {
      merged.push(next);
      continue;
    }
    const plainest = next.order > last.order ? next : last;
    const secret = last.class === "secret" || next.class === "secret";
    const [start, end] = [last.start, Math.max(last.end, next.end)];
    merged[merged.length - 1] = { ...plainest, start, end, class: secret ? "secret" : "personal" };
  }
  return merged;
}

/** One number has one stand-in, however it is grouped. */
function canonical(type: string, value: string): string {
  return type === "phone" ? value.replace(/\D/g, "") : value;
}
