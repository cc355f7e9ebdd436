/** Hooks by their path: those of the file, then those of the page. */
import "server-only";
import { configuration } from "@/lib/config/load-configuration";
import type { AlertRoute } from "@/lib/domain/alert-history";
import type { AlertHook, HookKind, WebhookSettings } from "@/lib/domain/alert-hook";
import type { Store } from "@/lib/store/open-store";

export async function findHook(
  kind: HookKind,
  name: string,
  { alertHooks }: Pick<Store, "alertHooks">,
  now: Date,
): Promise<AlertHook | undefined> {
  const provisioned = configuration().webhooks.find((one) => one.kind === kind && one.name === name);
  return provisioned ? hookOfFile(provisioned) : alertHooks.find(kind, name, now);
}

/** What a notification means by where it came to. */
export async function hookRoutes({ alertHooks }: Pick<Store, "alertHooks">): Promise<ReadonlyMap<string, AlertRoute>> {
  const hooks = [...(await alertHooks.list()), ...configuration().webhooks];
  return new Map(hooks.map(({ kind, name, route }) => [`${kind}/${name}`, route]));
}

function hookOfFile({
  kind,
  name,
  auth,
  username,
  route,
  secret,
  oldSecret,
  timestampHeader,
}: WebhookSettings): AlertHook {
  const secrets = oldSecret === undefined ? [secret] : [secret, oldSecret];
  return { id: null, kind, name, auth, username, route, secrets, timestampHeader, lastUsedAt: null };
}
