/** Whether an address typed on the page may be a source at all. The connection itself is guarded once more. */
import { isIP } from "node:net";
import { isAddressRefused, type PrivateAddresses } from "@/lib/platform/ssrf-guard";

/** Of other protocols: a request there can only do harm. Beside these, those no browser connects to. */
const OTHER_PORTS: ReadonlyMap<number, string> = new Map([
  [1433, "SQL Server"],
  [1521, "Oracle"],
  [2375, "the Docker daemon"],
  [2376, "the Docker daemon"],
  [2379, "etcd"],
  [2380, "etcd"],
  [3306, "MySQL"],
  [3389, "remote desktops"],
  [5432, "PostgreSQL"],
  [5672, "AMQP"],
  [5984, "CouchDB"],
  [6379, "Redis"],
  [7000, "Cassandra"],
  [9042, "Cassandra"],
  [10250, "kubelet"],
  [11211, "memcached"],
  [27017, "MongoDB"],
]);
/** The WHATWG list of ports that `fetch` refuses, above and below the well-known ones. */
const FETCH_BLOCKED: ReadonlySet<number> = new Set(
  (
    "1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135 " +
    "137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 " +
    "1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080"
  )
    .split(" ")
    .map(Number),
);

export type CheckedSourceUrl =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly field: "url" | "plainHttp"; readonly detail: string };

/** The address as it is kept, or what was expected. Pure. */
export function checkSourceUrl(text: string, plainHttp: boolean, privateAddresses: PrivateAddresses): CheckedSourceUrl {
  const refused = (detail: string, field: "url" | "plainHttp" = "url") => ({ ok: false as const, field, detail });
  if (!URL.canParse(text)) return refused("Expected an address such as https://loki.example.com.");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return refused("Expected an https:// address.");
  if (url.protocol === "http:" && !plainHttp) {
    return refused("Expected an https:// address, or leave to send credentials over plain http.", "plainHttp");
  }
  if (url.username !== "" || url.password !== "" || /^[^/]*\/\/[^/?#\\]*@/.test(text)) {
    return refused("Expected an address without user name and password: they have fields of their own.");
  }
  if (url.search !== "" || url.hash !== "" || /[?#]/.test(text)) {
    return refused("Expected an address without ? and #.");
  }
  const port = Number(url.port);
  const owner = OTHER_PORTS.get(port);
  if (owner !== undefined || FETCH_BLOCKED.has(port)) {
    const usual = owner === undefined ? "another protocol" : owner;
    return refused(`Expected another port: ${url.port} is the usual one of ${usual}.`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const literal = host === "localhost" || host.endsWith(".localhost") ? "127.0.0.1" : host;
  if (isIP(literal) !== 0 && isAddressRefused(literal, privateAddresses)) return refused(NOT_PUBLIC);
  return { ok: true, url: url.href };
}

const NOT_PUBLIC =
  "Expected a public address. The operator opens private ones with SOURCE_PRIVATE_CIDRS; those of cloud metadata never.";
