/** What was shared with the asker: their own grants, those that are over too. */
import "server-only";
import { accessOf } from "@/lib/access/resolve-access";
import type { OwnGrants } from "@/lib/contract/person";
import type { Lens } from "@/lib/domain/access";
import type { Principal } from "@/lib/domain/principal";
import { grantState } from "@/lib/domain/stored-grant";
import { redactGrants } from "@/lib/redact/redact-grants";
import { createRedactionContext } from "@/lib/redact/redaction-context";
import { store } from "@/lib/store/open-store";
import { freshTimelineDeps } from "./timeline-deps";

/** Newest first. Of nobody else, whatever the role: admins read those of others with the people. */
export async function ownGrants(principal: Principal, now: Date): Promise<OwnGrants> {
  const grants = await (await store()).grants.list(principal.userId);
  const { reading, redaction } = await freshTimelineDeps();
  const access = await accessOf(principal, "", now);
  // What is shared in one incident only is named here too: the list is about the sharing itself.
  const live = grants.filter((grant) => grantState(grant, now) === "in-force").flatMap(({ services }) => services);
  const lenses = access.lenses.map((lens): Lens => ({ ...lens, granted: new Set(live) }));
  const context = createRedactionContext(redaction, { ...access, lenses });
  const serviceOf = (name: string) => reading.names.service(name);
  return { grants: redactGrants(grants, context, { serviceOf, now }) };
}
