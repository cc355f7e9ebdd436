/** Sources as admins see them: what is set, never what it is. Pure but for the remembered tests. */
import "server-only";
import type { SourceDraft, SourceView } from "@/lib/contract/source";
import { sourceId } from "@/lib/domain/source-id";
import type { SourceSettings } from "@/lib/domain/source-settings";
import type { StoredSource } from "@/lib/domain/stored-source";
import { lastProbe } from "./last-probes";

export function sourceViews(provisioned: readonly SourceSettings[], stored: readonly StoredSource[]): SourceView[] {
  const taken = new Set(provisioned.map(({ kind, name }) => sourceId(kind, name)));
  return [
    ...provisioned.map(viewOfProvisioned),
    ...stored.map((one) => viewOfStored(one, taken.has(sourceId(one.kind, one.name)))),
  ];
}

function viewOfProvisioned(settings: SourceSettings): SourceView {
  const { kind, name, audience, token, password } = settings;
  const id = sourceId(kind, name);
  // The file may carry credentials in the address.
  const inUrl = URL.canParse(settings.url) && new URL(settings.url).password !== "";
  return {
    ...{ id: null, source: id, kind, name, audience, provenance: "provisioned", state: "in-force", settings: null },
    url: bareUrl(settings.url),
    secrets: { token: stateOf(token), password: inUrl ? "set" : stateOf(password) },
    probe: lastProbe(id, null),
    ...{ version: null, updatedAt: null, updatedBy: null },
  };
}

/** `isTaken`: a provisioned source has the id. */
export function viewOfStored(stored: StoredSource, isTaken = false): SourceView {
  const { id, kind, name, settings, secrets, version, updatedAt, by } = stored;
  const source = sourceId(kind, name);
  const locked = secrets === "locked";
  const own = settings === undefined ? "unreadable" : locked ? "locked" : "in-force";
  return {
    ...{ id, source, kind, name, audience: settings?.audience ?? "product", provenance: "page" },
    url: settings === undefined ? "" : bareUrl(settings.url),
    state: isTaken ? "replaced" : own,
    secrets: {
      token: locked ? "set" : stateOf(secrets.token),
      password: locked ? "set" : stateOf(secrets.password),
    },
    settings: settings === undefined ? null : draftOf(settings),
    probe: lastProbe(source, version),
    ...{ version, updatedAt: updatedAt.toISOString(), updatedBy: by },
  };
}

function stateOf(secret: string | undefined): "set" | "unset" {
  return secret === undefined ? "unset" : "set";
}

function bareUrl(text: string): string {
  if (!URL.canParse(text)) return "";
  const { origin, pathname } = new URL(text);
  return origin + (pathname === "/" ? "" : pathname);
}

function draftOf(settings: SourceSettings): Omit<SourceDraft, "token" | "password"> {
  const { kind, name, audience, username = "", tenant = "", org = "", projects, selector, keyLabels, red } = settings;
  return {
    ...{ kind, name, audience, username, tenant, org, projects, selector, keyLabels, red },
    url: settings.url,
    plainHttp: settings.url.startsWith("http:"),
    tenantHeader: settings.tenantHeader === "THANOS-TENANT" ? "THANOS-TENANT" : "X-Scope-OrgID",
    grafana: settings.grafana ?? null,
    retentionDays: settings.retentionDays ?? null,
  };
}
