/** A draft of the page → settings and secrets, or a `ProblemError` that names the field. */
import "server-only";
import type { SourceDraft } from "@/lib/contract/source";
import { SourceSettings } from "@/lib/domain/source-settings";
import type { SourceSecrets, StoredSource } from "@/lib/domain/stored-source";
import { env } from "@/lib/platform/env";
import { ProblemError } from "@/lib/platform/problem-error";
import { readAddressRanges } from "@/lib/platform/ssrf-guard";
import { checkSourceUrl } from "./check-source-url";

export interface ReadSourceDraft {
  readonly settings: SourceSettings;
  readonly secrets: SourceSecrets;
}

/** `stored` is what the draft changes: its secrets are kept where the draft is silent, but only for the same server. */
export function readSourceDraft(draft: SourceDraft, stored: StoredSource | undefined): ReadSourceDraft {
  const { token, password, plainHttp, grafana, retentionDays, selector, username, tenant, org, ...rest } = draft;
  const checked = checkSourceUrl(draft.url, plainHttp, readAddressRanges(env().SOURCE_PRIVATE_CIDRS ?? "") ?? false);
  if (!checked.ok) throw new ProblemError("bad-request", checked);
  if (draft.kind === "sentry" && org === "") {
    throw new ProblemError("bad-request", { field: "org", detail: "Expected the slug of the Sentry organisation." });
  }
  const settings = SourceSettings.parse({
    ...rest,
    url: checked.url,
    allowPrivateAddress: false,
    ...(grafana !== null && { grafana }),
    ...(retentionDays !== null && { retentionDays }),
    ...(selector !== "" && { selector }),
    ...(username !== "" && { username }),
    ...(tenant !== "" && { tenant }),
    ...(org !== "" && { org }),
  });
  const secrets = secretsOf({ token, password }, settings, stored);
  if ((secrets.password !== undefined) !== (username !== "")) {
    const field = username === "" ? "username" : "password";
    throw new ProblemError("bad-request", { field, detail: "Expected user name and password together, or neither." });
  }
  if (secrets.password !== undefined && secrets.token !== undefined) {
    throw new ProblemError("bad-request", { field: "token", detail: "Expected a token or a password, not both." });
  }
  return { settings, secrets };
}

function secretsOf(
  given: Pick<SourceDraft, "token" | "password">,
  { url }: SourceSettings,
  stored: StoredSource | undefined,
): SourceSecrets {
  const secrets: { token?: string; password?: string } = {};
  for (const field of ["token", "password"] as const) {
    const value = given[field] === undefined ? keptSecret(field, url, stored) : given[field];
    if (typeof value === "string") secrets[field] = value;
  }
  return secrets;
}

/** A secret that was given for one server never goes to another: a changed address would be a way to read it. */
function keptSecret(field: "token" | "password", url: string, stored: StoredSource | undefined): string | undefined {
  if (stored === undefined) return undefined;
  if (stored.secrets === "locked") {
    const detail = "Expected it anew, or cleared: what is stored cannot be opened with any known key.";
    throw new ProblemError("bad-request", { field, detail });
  }
  const kept = stored.secrets[field];
  if (kept === undefined) return undefined;
  const before = stored.settings?.url;
  if (before !== undefined && new URL(before).origin === new URL(url).origin) return kept;
  const detail = "Expected it anew, or cleared: the address changed, and it was given for the old one.";
  throw new ProblemError("bad-request", { field, detail });
}
