/** A grant in words: what it opens, and until when. Pure. */
import type { GrantView } from "@/lib/contract/person";

export function grantScopeWords({ services, oneIncident }: Pick<GrantView, "services" | "oneIncident">): string {
  const what = services.length === 0 ? "every service" : services.join(", ");
  return oneIncident ? `${what} in one incident` : what;
}

export function grantStateWords({ state, expiresAt }: Pick<GrantView, "state" | "expiresAt">): string {
  if (state === "revoked") return "revoked";
  return `${state === "expired" ? "ended" : "until"} ${expiresAt.slice(0, 10)}`;
}
