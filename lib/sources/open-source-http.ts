/** The HTTP client of one configured source: its address, credentials and what addresses it may reach. */
import "server-only";
import type { SourceSettings } from "@/lib/domain/source-settings";
import { createSourceHttp, type SourceHttpClient, type SourceHttpOptions } from "@/lib/platform/create-source-http";
import { env } from "@/lib/platform/env";
import { observeSourceRequest } from "@/lib/platform/metrics";
import { readAddressRanges } from "@/lib/platform/ssrf-guard";

/** Without leave for private addresses, those of SOURCE_PRIVATE_CIDRS are left. */
export function openSourceHttp(
  source: SourceSettings,
  extra: Pick<SourceHttpOptions, "lookup"> = {},
): SourceHttpClient {
  const { username, password, token, tenant } = source;
  return createSourceHttp({
    ...extra,
    sourceId: `${source.kind}/${source.name}`,
    baseUrl: source.url,
    ...(username !== undefined && password !== undefined
      ? { auth: { username, password } }
      : token === undefined
        ? {}
        : { auth: { token } }),
    ...(tenant === undefined ? {} : { tenant: { header: source.tenantHeader, value: tenant } }),
    allowPrivateAddress: source.allowPrivateAddress || (readAddressRanges(env().SOURCE_PRIVATE_CIDRS ?? "") ?? false),
    metrics: observeSourceRequest,
  });
}
