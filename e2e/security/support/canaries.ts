/**
 * An estate in which every field of every kind of record holds a canary of its own: `zq`, the class of the field, a number.
 * What a role may find is computed from the policy document, not from the code under test.
 */
import type { DemoAlert, DemoLogLine, DemoSentryEvent, DemoSpan } from "@/demo/backends/backend";
import type { PolicyDocument } from "@/lib/domain/policy";
import type { FieldClass } from "@/lib/domain/role";
import { DEFAULT_POLICY } from "@/lib/redact/policy";
import { spellings } from "./spellings";

export const ORDER = "48192";
export const TRACE = "5eed5eed5eed5eed5eed5eed5eed5eed";
const SPAN = "5eed000000000001";
const CHILD = "5eed000000000002";

/** Billing alerts and what billing does; deploys, traces and other alerts do not exist for it. */
export const POLICY: PolicyDocument = {
  ...DEFAULT_POLICY,
  roles: [
    ...DEFAULT_POLICY.roles,
    {
      name: "finance",
      description: "",
      classes: { workflow: "show", "business-id": "show", "account-id": "pseudonym" },
      rows: [
        { rows: { kinds: ["alert"], labels: { team: ["billing"] } }, grant: "full" },
        { rows: { services: ["billing-api"], kinds: ["log", "error"] }, grant: "full" },
      ],
      abilities: ["ask"],
      mayReveal: [],
    },
  ],
};

/** Secrets and addresses of customers in spellings that hide them: no role may find any of them, however spelled. */
export const HIDDEN_SPELLINGS = spellings("zqsecret1900@canary.example");

/** `hidden` fills what may differ between two worlds; `none` leaves optional hidden fields out. */
export interface World {
  readonly suffix: string;
  readonly hasOptional: boolean;
}

export const FIRST_WORLD: World = { suffix: "", hasOptional: true };

export function logLines(atNs: (ms: number) => string, { suffix: s, hasOptional }: World): DemoLogLine[] {
  const labels = {
    service_name: "order-service",
    env: "production",
    cluster: `zqinfra1001${s}`,
  };
  const metadata: Record<string, string> = {
    trace_id: TRACE,
    span_id: SPAN,
    order_id: ORDER,
    user_email: `zqpersonal1002${s}@canary.example`,
    api_token: `zqsecret1003${s}`,
    shop_ref: `zqunknown1004${s}`,
  };
  if (!hasOptional) delete metadata["shop_ref"];
  const nested = {
    level: "info",
    msg: `zqtext1010${s} went through`,
    order_id: Number(ORDER),
    db: { statement: `select zqcode1011${s}`, password: `zqsecret1012${s}` },
    user: { email: `zqpersonal1013${s}@canary.example` },
    host: { name: `zqinfra1014${s}` },
    note: `zqnote1015${s}`,
    staff: { email: `zqstaff1016@canary.example`, team: "zqstaff1023" },
    weird: { deep: { er: `zqunknown1017${s}` } },
    payload: JSON.stringify({ password: `zqsecret1018${s}`, token: `zqsecret1019${s}` }),
  };
  const billing = { service_name: "billing-api", env: "production" };
  return [
    {
      labels,
      metadata,
      atNs: atNs(1_000),
      line: `level=info msg="zqtext1020${s} saved" order_id=${ORDER} password=zqsecret1021${s} token=zqsecret1022${s}`,
    },
    { labels, metadata: { trace_id: TRACE }, atNs: atNs(2_000), line: JSON.stringify(nested) },
    ...HIDDEN_SPELLINGS.map((text, n) => ({
      labels,
      atNs: atNs(3_000 + n),
      line: `level=info order_id=${ORDER} step=${"abcdefghijklmnop".charAt(n)} password=${text}`,
    })),
    { labels: billing, atNs: atNs(4_000), line: `level=error msg="zqtext1030${s} refused" order_id=${ORDER}` },
  ];
}

export function spans(atNs: (ms: number) => string, { suffix: s, hasOptional }: World): DemoSpan[] {
  const resource = {
    "service.name": "order-service",
    "deployment.environment.name": "production",
    "service.version": `1.2.zqinfra1101${s}`,
    "cloud.zone": `zqinfra1102${s}`,
  };
  return [
    {
      traceId: TRACE,
      spanId: SPAN,
      name: "PATCH /orders/{id}",
      kind: "server",
      startNs: atNs(900),
      endNs: atNs(2_900),
      status: "error",
      statusMessage: `zqtext1103${s} failed`,
      resource,
      attributes: {
        "order.id": ORDER,
        "http.request.method": "PATCH",
        "http.request.header.authorization": `Bearer zqsecret1104${s}`,
        "url.full": `https://shop.example/orders?token=zqsecret1105${s}`,
        "db.statement": `update zqcode1106${s}`,
        "user.email": `zqpersonal1107${s}@canary.example`,
        ...(hasOptional ? { "shop.thing": `zqunknown1108${s}` } : {}),
        "server.address": `zqinfra1109${s}`,
      },
      events: [
        {
          atNs: atNs(2_500),
          name: "exception",
          attributes: {
            "exception.type": "SchemaError",
            "exception.message": `zqcode1110${s} is not known`,
            "exception.stacktrace": `SchemaError: zqcode1110${s}\n at zqcode1111${s} (/srv/app.js:1)`,
          },
        },
      ],
      links: [],
    },
    {
      traceId: TRACE,
      spanId: CHILD,
      parentSpanId: SPAN,
      name: `zqinfra1120${s} call`,
      kind: "client",
      startNs: atNs(1_500),
      endNs: atNs(1_900),
      resource,
      attributes: { "peer.service": "billing-api", "rpc.method": `zqinfra1121${s}` },
    },
  ];
}

export function alerts(atIso: (ms: number) => string, { suffix: s }: World): DemoAlert[] {
  const annotations = { summary: `zqtext1201${s} is slow`, runbook_url: `https://wiki.example/zqtext1202${s}` };
  return [
    {
      labels: { alertname: `zqinfra1203${s}`, service: "order-service", instance: `zqinfra1204${s}`, severity: "page" },
      annotations,
      startsAt: atIso(2_000),
      generatorURL: `http://prometheus.example/graph?g0.expr=zqinfra1205${s}`,
    },
    {
      labels: { alertname: "BillingFailures", service: "billing-api", team: "billing", severity: "page" },
      annotations: { summary: `zqtext1206${s} at billing` },
      startsAt: atIso(2_000),
    },
  ];
}

export function sentryEvents(atIso: (ms: number) => string, { suffix: s }: World): DemoSentryEvent[] {
  return [
    {
      eventId: "5eed5eed5eed5eed5eed5eed5eed0001",
      project: "order-service",
      atIso: atIso(2_600),
      level: "error",
      type: "SchemaError",
      value: `zqcode1301${s} of the tracker`,
      culprit: `zqcode1302${s}`,
      platform: "node",
      environment: "production",
      release: `zqinfra1303${s}`,
      traceId: TRACE,
      spanId: SPAN,
      userId: `zqpersonal1304${s}`,
      tags: { order_id: ORDER, shop_tag: `zqunknown1305${s}`, server_name: `zqinfra1306${s}` },
      frames: [{ filename: `zqcode1307${s}.js`, function: `zqcode1308${s}`, lineno: 3, inApp: true }],
    },
  ];
}

/** What a real tracker sends and the demo's leaves out: nothing of it is for anybody. */
export function moreOfSentry(s: string): Readonly<Record<string, unknown>> {
  return {
    message: `zqnever1401${s}`,
    user: { id: `zqpersonal1304${s}`, email: `zqnever1402${s}@canary.example`, ip_address: "203.0.113.7" },
    context: { zqnever1403: `zqnever1404${s}` },
    sdk: { name: `zqnever1405${s}` },
    _extra: [
      {
        type: "breadcrumbs",
        data: { values: [{ message: `zqnever1406${s}`, data: { url: `https://a.example/?t=zqnever1407${s}` } }] },
      },
      {
        type: "request",
        data: {
          url: `https://a.example/zqnever1408${s}`,
          cookies: [["sid", `zqnever1409${s}`]],
          data: `zqnever1410${s}`,
        },
      },
    ],
    _vars: { card: `zqnever1411${s}` },
  };
}

const CANARY = /zq([a-z]+)1\d\d\d/g;

export function canariesIn(text: string): ReadonlySet<string> {
  return new Set(text.match(CANARY) ?? []);
}

const CLASSES: Readonly<Record<string, FieldClass>> = {
  infra: "infrastructure",
  personal: "personal",
  secret: "secret",
  unknown: "unknown",
  text: "text",
  code: "code",
  note: "note",
  staff: "staff",
};

/** By class alone: the value itself is read. Stand-ins, masks and sentences hold none of it. */
export function mayRead(role: string, canary: string): boolean {
  const name = /^zq([a-z]+)/.exec(canary)?.[1] ?? "";
  const fieldClass = CLASSES[name];
  if (fieldClass === undefined || fieldClass === "secret") return false;
  const cell = POLICY.roles.find((one) => one.name === role)?.classes[fieldClass] ?? "absent";
  const treatment = typeof cell === "string" ? cell : cell.other;
  return treatment === "show" || treatment === "scrub";
}
