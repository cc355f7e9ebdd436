/** Break-glass in plain sentences. Pure. */
import type { RevealView } from "@/lib/contract/reveal";
import { CLASS_TITLES } from "./class-titles";

/** `personal data`. */
export function classWords(fieldClass: RevealView["fieldClass"]): string {
  return CLASS_TITLES[fieldClass].toLowerCase();
}

/** For everybody who opens this incident. */
export function markSentence({ by, fieldClass, startsAt, expiresAt, endedAt, minutes }: RevealView): string {
  const actor = `${by.charAt(0).toUpperCase()}${by.slice(1)}`;
  const until = endedAt ?? expiresAt;
  const held = startsAt !== null && until !== null ? minutesBetween(startsAt, until) : minutes;
  return `${actor} opened ${classWords(fieldClass)} of this incident for ${minuteWords(held)}.`;
}

/** `4:05`. */
export function timeLeft(expiresAt: string, nowMs: number): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(expiresAt) - nowMs) / 1_000));
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Every begun minute counts. */
function minutesBetween(from: string, to: string): number {
  return Math.max(1, Math.ceil((Date.parse(to) - Date.parse(from)) / 60_000));
}

function minuteWords(count: number): string {
  return count === 1 ? "1 minute" : `${String(count)} minutes`;
}
