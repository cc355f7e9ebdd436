/** A row with a canary in every field, so that a test can ask the finished bytes which of them got through. */
import type { RowService, TimelineRow } from "@/lib/domain/stitched-timeline";
import { anEvent } from "@/lib/domain/testing/an-event";
import type { EventKind } from "@/lib/domain/timeline-event";

export const OWN_SERVICE: RowService = {
  name: "zqservice-7001",
  displayName: "order service",
  owner: "Orders team",
  audience: "product",
  listed: true,
};

const ATTRIBUTES = {
  "http.request.method": "PATCH",
  "order.id": "70002",
  "account.id": "acct_zq7003",
  "user.email": "zqpersonal7004@hidden.example",
  "staff.email": "zqstaff7005",
  "staff.team": "zqteam7006",
  note: "zqnote7007 was left",
  "resource.cloud.zone": "zqinfra7008",
  "label.team": "billing",
  "request.id": "req-zq7009",
  "db.statement": "select zqcode7010 from orders",
  msg: "zqtext7011 was said",
  "db.password": "zqsecret7012",
  "something.else": "zqunknown7013",
};

/** What to look for, beside `zq…` words: ids have the shapes of ids. */
const OTHERS = ["70002", "acct_zq7003", "req-zq7009", "a".repeat(32), "b".repeat(16), "c".repeat(32)];

export function aCanaryRow(kind: EventKind, service: RowService | null = OWN_SERVICE): TimelineRow {
  const event = anEvent({
    id: `canary-${kind}`,
    kind,
    title: "zqtitle7020 happened",
    text: "zqbody7021 at full length",
    rawService: "zqrawservice7022",
    rawEnvironment: "zqenvironment7023",
    attributes: ATTRIBUTES,
    links: [{ label: "zqlabel7024", url: "https://grafana.example/zqlink7025" }],
    span: { traceId: "a".repeat(32), spanId: "b".repeat(16), spanKind: "server", durationNs: "1", links: [] },
  });
  return {
    event,
    orderNs: event.happenedAtNs,
    causal: false,
    clock: { state: "corrected", offsetNs: 5n, host: "zqhost7026", reference: "zqreference7027", pairs: 2 },
    service,
    environment: "production",
    actor: "service",
    sentence: "Order service did something.",
    recognised: false,
    sightings: [
      { key: { kind: "order", value: "70002" }, rule: "order id", at: "order.id", confidence: "exact" },
      { key: { kind: "account", value: "acct_zq7003" }, rule: "account id", at: "account.id", confidence: "exact" },
    ],
    keyIds: ["order:70002", "account:acct_zq7003"],
    why: [
      {
        key: { kind: "trace", value: "c".repeat(32) },
        rule: "trace id",
        foundIn: "zqfoundin7028",
        confidence: "exact",
        source: "loki/zqsource7029",
        query: { language: "LogQL", text: '{app="zqquery7030"}', url: "https://grafana.example/zqurl7031" },
      },
    ],
    seenIn: ["loki"],
    count: 1,
    depth: 0,
  };
}

/** Every canary that the text holds, once. */
export function canariesIn(text: string): ReadonlySet<string> {
  return new Set([...(text.match(/zq[a-z]+-?7\d\d\d/g) ?? []), ...OTHERS.filter((value) => text.includes(value))]);
}
