/** Whom a call was made to, when the called side left no record of its own. */
import type { RowService } from "@/lib/domain/stitched-timeline";
import type { Attributes } from "@/lib/domain/timeline-event";
import { foldName } from "@/lib/normalize/attribute-spellings";
import type { SpanNode } from "./span-tree";

/** Most telling first: names people chose before addresses. */
const NAMES = ["peer.service", "server.address", "net.peer.name", "http.host", "network.peer.address", "rpc.service"];
const URLS = ["url.full", "http.url"];
const STORES = ["db.namespace", "db.name", "db.system.name", "db.system"];
const ADDRESS = /^(?:[\d.]+|[\da-f:]*:[\da-f:]+|localhost)$/i;

/** The called peer: a service known from other rows where the name fits one, otherwise a service of that name. */
export function findPeer(node: SpanNode, services: ReadonlyMap<string, RowService>): RowService | undefined {
  const name = peerName(node.row.event.attributes);
  if (name === undefined) return undefined;
  const known = knownService(name, services);
  if (known) return known.name === node.service ? undefined : known;
  return { name, displayName: name, audience: node.row.service?.audience ?? "product", listed: false };
}

/** True for a call that another process had to answer and of which no answering side is among the rows. */
export function isUnansweredCall(node: SpanNode): boolean {
  if (node.span.spanKind !== "client") return false;
  return node.children.every((child) => child.span.spanKind === "internal" && child.service === node.service);
}

/** A name that only resolves inside one's own network: one of ours, although no row is its own. */
export function isNeighbour(name: string): boolean {
  return !name.includes(".") || /\.(?:svc|local|internal|lan|consul|cluster)$/.test(name) || name.includes(".svc.");
}

export function isStoreCall(attributes: Attributes): boolean {
  return attributes["db.system"] !== undefined || attributes["db.system.name"] !== undefined;
}

function peerName(attributes: Attributes): string | undefined {
  for (const path of NAMES) {
    const name = hostOf(attributes[path]);
    if (name !== undefined) return name;
  }
  for (const path of URLS) {
    const url = attributes[path];
    const host = typeof url === "string" && URL.canParse(url) ? hostOf(new URL(url).hostname) : undefined;
    if (host !== undefined) return host;
  }
  const store = STORES.map((path) => attributes[path]).find((value) => typeof value === "string" && value !== "");
  return typeof store === "string" ? store.slice(0, 128) : undefined;
}

function hostOf(value: Attributes[string] | undefined): string | undefined {
  if (typeof value !== "string") return undefined;
  const host = value.trim().toLowerCase().replace(/:\d+$/, "").slice(0, 128);
  return host === "" || ADDRESS.test(host) ? undefined : host;
}

const folded = new WeakMap<ReadonlyMap<string, RowService>, ReadonlyMap<string, RowService>>();

/** `identity.prod.svc` is `identity`: the whole name or its first label. */
function knownService(name: string, services: ReadonlyMap<string, RowService>): RowService | undefined {
  const exact = services.get(name);
  if (exact) return exact;
  let index = folded.get(services);
  if (!index) {
    index = new Map([...services.values()].map((service) => [foldName(service.name), service]));
    folded.set(services, index);
  }
  return index.get(foldName(name)) ?? index.get(foldName(name.split(".")[0] ?? name));
}
