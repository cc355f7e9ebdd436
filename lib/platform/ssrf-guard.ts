/**
 * Keeps server-held requests off addresses nobody meant: cloud metadata always, private networks unless allowed.
 *
 * The check sits in the connector, since only there the real address is known. A lookup hook alone is not enough: it
 * never runs for a literal (`127.0.0.1`, `2130706433`), and a name may resolve anew. So three places check: the literal,
 * each looked-up address before a packet leaves, and the address of the socket that came out.
 */
import "server-only";
import { lookup as systemLookup, type LookupAddress, type LookupAllOptions } from "node:dns";
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

/** All addresses of a name, as `dns.lookup` finds them. */
export type LookupAll = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/** Private and loopback addresses: all, none, or those inside these ranges. Cloud metadata is never among them. */
export type PrivateAddresses = boolean | readonly AddressRange[];

/** One range of a list such as `10.0.0.0/8, fd12::/16`. */
export type AddressRange = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Ranges and single addresses by comma; `undefined` when one of them is neither. Pure. */
export function readAddressRanges(list: string): AddressRange[] | undefined {
  const ranges: AddressRange[] = [];
  for (const text of list.split(",").map((one) => one.trim())) {
    const [address = "", bits] = text.split("/");
    if (text === "") continue;
    if (isIP(address) === 0) return undefined;
    const cidr = bits === undefined ? `${address}/${address.includes(":") ? "128" : "32"}` : text;
    if (!ipaddr.isValidCIDR(cidr)) return undefined;
    ranges.push(ipaddr.parseCIDR(cidr));
  }
  return ranges;
}

/**
 * True when no request may go to this address. `address` is an IP literal, with or without brackets or zone; whatever
 * cannot be read as one is refused. Pure.
 */
export function isAddressRefused(address: string, privateAddresses: PrivateAddresses): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (isIP(bare) === 0) return true;
  const parsed = ipaddr.parse(bare);
  if (parsed instanceof ipaddr.IPv4) return isV4Refused(parsed, privateAddresses);
  if (parsed.isIPv4MappedAddress()) return isV4Refused(parsed.toIPv4Address(), privateAddresses);
  const embedded = embeddedV4(parsed);
  if (embedded !== undefined && isMetadataV4(embedded)) return true;
  if (METADATA_V6.some((range) => parsed.match(range))) return true;
  return !(parsed.match(GLOBAL_V6) && parsed.range() === "unicast") && !isAllowed(parsed, privateAddresses);
}

function isV4Refused(address: ipaddr.IPv4, privateAddresses: PrivateAddresses): boolean {
  return isMetadataV4(address) || (address.range() !== "unicast" && !isAllowed(address, privateAddresses));
}

/** By ranges only in its own family: an IPv4 address inside an IPv6 one counts as that IPv4 address when it is mapped. */
function isAllowed(address: ipaddr.IPv4 | ipaddr.IPv6, privateAddresses: PrivateAddresses): boolean {
  if (typeof privateAddresses === "boolean") return privateAddresses;
  return privateAddresses.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits));
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
  readonly privateAddresses: PrivateAddresses;
  readonly connectTimeoutMs: number;
  /** How names become addresses; the system's way when absent. */
  readonly lookup?: LookupAll;
}): buildConnector.connector {
  const { privateAddresses, connectTimeoutMs, lookup = systemLookup } = options;
  const refused = (address: string) => isAddressRefused(address, privateAddresses);
  // Node's happy-eyeballs would give each address only 250 ms; the guard needs one lookup with all addresses either way.
  const connect = buildConnector({ timeout: connectTimeoutMs, lookup: guardedLookup(refused, lookup) });
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
function guardedLookup(refused: (address: string) => boolean, lookup: LookupAll): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
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
