/**
 * Browser addresses of Sentry pages. Region hosts (`us.sentry.io`) serve the API only: the web lives on the
 * organisation's own host there, and under `/organizations/{org}` on self-hosted servers.
 */

/** Web address every page of the organisation starts with, without a trailing slash. */
export function sentryWebBase(apiUrl: string, org: string): string {
  const url = new URL(apiUrl);
  const isSaas = url.hostname === "sentry.io" || url.hostname.endsWith(".sentry.io");
  if (isSaas && url.protocol === "https:") return `https://${encodeURIComponent(org)}.sentry.io`;
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}/organizations/${encodeURIComponent(org)}`;
}

export function eventPage(webBase: string, issueId: string, eventId: string): string {
  return `${webBase}/issues/${encodeURIComponent(issueId)}/events/${encodeURIComponent(eventId)}/`;
}

export function releasePage(webBase: string, version: string): string {
  return `${webBase}/releases/${encodeURIComponent(version)}/`;
}

export function cronPage(webBase: string, project: string, monitor: string): string {
  return `${webBase}/crons/${encodeURIComponent(project)}/${encodeURIComponent(monitor)}/`;
}

/** The search page for a query that was sent, for "open in Sentry". */
export function searchPage(webBase: string, query: string, start: string, end: string): string {
  const parameters = new URLSearchParams({ project: "-1", query, start, end });
  return `${webBase}/issues/?${parameters.toString()}`;
}
