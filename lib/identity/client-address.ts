/** The network address that a request came from, as far as it can be known without believing the client. */
import "server-only";
import ipaddr from "ipaddr.js";
import { env } from "@/lib/platform/env";
import { PEER_HEADER } from "@/lib/platform/peer-address";

/** One text per network neighbour: an IPv4 address, the first half of an IPv6 address, or `unknown`. */
export function clientAddress(headers: Headers): string {
  return addressOf({
    peer: headers.get(PEER_HEADER),
    forwardedFor: headers.get("x-forwarded-for"),
    trustedProxies: env().TRUSTED_PROXIES,
  });
}

export interface AddressHints {
  /** The other end of the connection. */
  readonly peer: string | null;
  /** `X-Forwarded-For`: each proxy adds on the right whom it spoke with; what stands left of that is the client's claim. */
  readonly forwardedFor: string | null;
  readonly trustedProxies: number;
}

/** Pure half of the above. */
export function addressOf({ peer, forwardedFor, trustedProxies }: AddressHints): string {
  const entries = (forwardedFor ?? "").split(",").map((entry) => entry.trim());
  // Fewer entries than proxies: the request came in behind the outer ones, and the leftmost is what the first of ours saw.
  const entry = trustedProxies === 0 ? undefined : entries.at(-Math.min(trustedProxies, entries.length));
  return networkOf(entry ?? "") ?? networkOf(peer ?? "") ?? "unknown";
}

/** Whoever has one IPv6 address has its whole /64, so that is what counts as one. */
function networkOf(written: string): string | null {
  // Some proxies write `192.0.2.1:4711` or `[2001:db8::1]:4711`.
  const text = /^\[(.*)\](?::\d+)?$/.exec(written)?.[1] ?? written.replace(/^([\d.]+):\d+$/, "$1");
  if (!ipaddr.isValid(text)) return null;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) return address.toString();
  return `${address.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":")}::/64`;
}
