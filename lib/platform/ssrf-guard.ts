/**
 * Keeps server-held requests off addresses nobody meant: cloud metadata always, private networks unless allowed.
 *
 * The check sits in the connector, since only there the real address is known. A lookup hook alone is not enough: it
 * never runs for a literal (`127.0.0.1`, `2130706433`), and a name may resolve anew. So three places check: the literal,
 * each looked-up address before a packet leaves, and the address of the socket that came out.
 */
import "server-only";
import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { buildConnector } from "undici";

export class AddressRefusedError extends Error {
  override readonly name = "AddressRefusedError";
  readonly code = "ADDRESS_REFUSED";
}

const METADATA_V4 = ["169.254.0.0/16", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32"].map((range) =>
  ipaddr.IPv4.parseCIDR(range),
);
const METADATA_V6 = ["fd00:ec2::254/128", "fe80:a9fe:a9fe::/48", "fd20:ce::254/128"].map((range) =>
  ipaddr.IPv6.parseCIDR(range),
);
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR("2000::/3");
/** IPv6 forms whose last 32 bits are an IPv4 address: compatible, mapped, translated, NAT64. */
const LAST_BITS_V4 = ["::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48"].map((range) =>
  ipaddr.IPv6.parseCIDR(range),
);
const SIX_TO_FOUR = ipaddr.IPv6.parseCIDR("2002::/16");

/**
 * True when no request may go to this address. `address` is an IP literal, with or without brackets or zone; whatever
 * cannot be read as one is refused. Pure.
 */
export function isAddressRefused(address: string, allowPrivateAddress: boolean): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (isIP(bare) === 0) return true;
  const parsed = ipaddr.parse(bare);
  if (parsed instanceof ipaddr.IPv4) return isV4Refused(parsed, allowPrivateAddress);
  if (parsed.isIPv4MappedAddress()) return isV4Refused(parsed.toIPv4Address(), allowPrivateAddress);
  const embedded = embeddedV4(parsed);
  if (embedded !== undefined && isMetadataV4(embedded)) return true;
  if (METADATA_V6.some((range) => parsed.match(range))) return true;
  return !allowPrivateAddress && !(parsed.match(GLOBAL_V6) && parsed.range() === "unicast");
}

function isV4Refused(address: ipaddr.IPv4, allowPrivateAddress: boolean): boolean {
  return isMetadataV4(address) || (!allowPrivateAddress && address.range() !== "unicast");
}

function isMetadataV4(address: ipaddr.IPv4): boolean {
  return METADATA_V4.some((range) => address.match(range));
}

function embeddedV4(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const bytes = address.toByteArray();
  if (LAST_BITS_V4.some((range) => address.match(range))) return new ipaddr.IPv4(bytes.slice(12, 16));
  if (address.match(SIX_TO_FOUR)) return new ipaddr.IPv4(bytes.slice(2, 6));
  return undefined;
}

/** An undici connector that refuses such addresses with `AddressRefusedError`. */
export function guardedConnector(options: {
  readonly allowPrivateAddress: boolean;
  readonly connectTimeoutMs: number;
}): buildConnector.connector {
  const { allowPrivateAddress, connectTimeoutMs } = options;
  const refused = (address: string) => isAddressRefused(address, allowPrivateAddress);
  // Node's happy-eyeballs would give each address only 250 ms; the guard needs one lookup with all addresses either way.
  const connect = buildConnector({ timeout: connectTimeoutMs, lookup: guardedLookup(refused) });
  return (target, callback) => {
    const literal = target.hostname.replace(/^\[|\]$/g, "");
    if (isIP(literal) !== 0 && refused(literal)) {
      callback(new AddressRefusedError("address not allowed"), null);
      return;
    }
    connect(target, (...result) => {
      const [error, socket] = result;
      if (error === null && refused(socket.remoteAddress ?? "")) {
        socket.destroy();
        callback(new AddressRefusedError("address not allowed"), null);
        return;
      }
      callback(...result);
    });
  };
}

/** Drops refused addresses; fails when none is left, so that a name with one good address still works. */
function guardedLookup(refused: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, "");
        return;
      }
      const allowed = addresses.filter(({ address }) => !refused(address));
      const [first] = allowed;
      if (first === undefined) callback(new AddressRefusedError("address not allowed"), "");
      else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
