/** A server that nobody administers says on its own terminal how to become its first admin. No password is ever preset. */
import "server-only";
import type { Store } from "@/lib/store/open-store";
import { createSetupLink } from "./setup-links";

/** Null when there is an admin. Each start makes a new link; the one before stops working. */
export async function offerFirstAdmin(
  publicUrl: string,
  { users, setupLinks }: Pick<Store, "users" | "setupLinks">,
  now: Date,
): Promise<string | null> {
  if (await users.isHeld("admin")) return null;
  const { path, expiresAt } = await createSetupLink({ purpose: "first-admin" }, { setupLinks }, now);
  const address = publicUrl.replace(/\/$/, "") + path;
  const until = expiresAt.toISOString().slice(0, 16).replace("T", " ");
  return `Nobody administers this server yet. Open this link once, before ${until} UTC, to become its first admin:\n\n  ${address}\n`;
}
