/** A sealed document → its content, for the one answer that carries it. */
import "server-only";
import type { Redacted } from "@/lib/redact/redacted";

export function openSealed<T>(sealed: Redacted<T>): T {
  return sealed.reveal();
}
