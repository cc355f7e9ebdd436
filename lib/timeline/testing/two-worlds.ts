/**
 * Two estates that differ only in what somebody may not see. What counts as hidden is decided here from the policy document
 * alone, without a line of `lib/redact`, so that a mistake there cannot hide itself.
 *
 * Some things are shown to everybody who sees that a row exists, whatever its fields hold: kind, time, order, severity and
 * outcome, which rows share an id, and which rows repeat or report one fact. So hidden ids and words are renamed
 * consistently: what was equal stays equal.
 */
import fc from "fast-check";
import type { Access, Lens } from "@/lib/domain/access";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { RowMatch } from "@/lib/domain/policy";
import type { FieldClass, Treatment } from "@/lib/domain/role";
import { anEvent } from "@/lib/domain/testing/an-event";
import type { TimelineEvent } from "@/lib/domain/timeline-event";

export const ASKED_AT_MS = 1_795_446_900_000;
const FIRST_MS = ASKED_AT_MS - 600_000;
/** `unlisted` is in no catalogue: its name is infrastructure. */
export const SERVICES = ["order-service", "billing-api", "unlisted-7"] as const;
export const OWNERS: Readonly<Record<string, string>> = {
  "order-service": "Orders team",
  "billing-api": "Payments team",
};
const KINDS = ["log", "span", "error", "alert", "deploy", "staff-action", "job-run"] as const;

/** One attribute of each class. Host and pod names, which clocks are read from, are left alone. */
const FIELDS: readonly (readonly [FieldClass, path: string, value: string])[] = [
  ["account-id", "account.id", "acct_77"],
  ["personal", "user.email", "jane@mail.example"],
  ["personal", "user.full_name", "Jane Doe"],
  ["staff", "staff.email", "sam@shop.example"],
  ["note", "note", "zqnote call them back"],
  ["infrastructure", "cloud.zone", "eu-1b"],
  ["infrastructure", "label.team", "billing"],
  ["telemetry-id", "request.id", "req-8841"],
  ["code", "db.statement", "select zqcode from orders"],
  ["text", "msg", "zqmsg said something"],
  ["secret", "db.password", "zqsecret"],
  ["unknown", "something.else", "zqunknown"],
];

const TEXT_CLASS: Readonly<Record<(typeof KINDS)[number], readonly [title: FieldClass, text: FieldClass]>> = {
  log: ["text", "text"],
  span: ["infrastructure", "text"],
  error: ["code", "code"],
  alert: ["infrastructure", "text"],
  deploy: ["infrastructure", "text"],
  "staff-action": ["text", "text"],
  "job-run": ["text", "text"],
};

export const anEstate = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...KINDS),
      service: fc.constantFrom(...SERVICES),
      trace: fc.nat(1),
      failed: fc.boolean(),
      word: fc.constantFrom("zqone", "zqtwo"),
      fields: fc.subarray([...FIELDS]),
      pauseMs: fc.integer({ min: 1, max: 2_000 }),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((specs) => {
    let atMs = FIRST_MS;
    return specs.map((spec, n) => {
      atMs += spec.pauseMs;
      return toEvent(spec, n, atMs);
    });
  });

interface Spec {
  readonly kind: (typeof KINDS)[number];
  readonly service: string;
  readonly trace: number;
  readonly failed: boolean;
  readonly word: string;
  readonly fields: typeof FIELDS;
}

function toEvent({ kind, service, trace, failed, word, fields }: Spec, n: number, atMs: number): TimelineEvent {
  const traceId = String(trace + 1).repeat(32);
  const context = kind === "alert" || kind === "deploy";
  const attributes = Object.fromEntries(fields.map(([, path, value]) => [path, value]));
  return anEvent({
    id: `fact-${String(n)}`,
    kind,
    source: SOURCE_OF[kind],
    happenedAtNs: epochNsFromMs(atMs),
    ...(kind === "span" ? { endedAtNs: epochNsFromMs(atMs + 50) } : {}),
    rawService: service,
    severity: failed ? "error" : "info",
    outcome: failed ? "error" : "unknown",
    title: `${word} title`,
    text: `${word} text token=${word}`,
    attributes: context ? attributes : { ...attributes, "order.id": "48192", trace_id: traceId },
    links: [{ label: "Grafana", url: `https://grafana.example/${word}` }],
    ...(kind === "span" ? { span: spanOf(traceId, n) } : {}),
    context,
  });
}

const SOURCE_OF = {
  log: "loki/main",
  "staff-action": "loki/main",
  "job-run": "loki/main",
  span: "tempo/main",
  error: "sentry/main",
  deploy: "sentry/main",
  alert: "alertmanager/main",
} as const;

function spanOf(traceId: string, n: number) {
  return {
    traceId,
    spanId: String(n + 1).padStart(16, "0"),
    spanKind: "server" as const,
    durationNs: "50000000",
    links: [],
  };
}

/** How the second world differs. */
export const aTwist = fc.record({
  longer: fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom("a", "b", "z", " ") }),
  deletes: fc.boolean(),
  adds: fc.boolean(),
  /** Stubs of context are about another service. Then they are looked for at another time: only the whole answer is equal. */
  moves: fc.boolean(),
  extraRows: fc.nat(3),
});
export type Twist = typeof aTwist extends fc.Arbitrary<infer T> ? T : never;

/** The same estate with everything replaced, deleted or added that `access` may not see. */
export function otherWorld(events: readonly TimelineEvent[], access: Access, twist: Twist): TimelineEvent[] {
  const kept = events.filter((event) => granted(event, access) !== "omit");
  const omitted = events.filter((event) => granted(event, access) === "omit");
  const more = Array.from({ length: twist.extraRows }, (_, n) =>
    omitted.map((event) => ({ ...event, id: `${event.id}-again-${String(n)}`, title: `${twist.longer} again` })),
  ).flat();
  const hiddenOnly = twist.deletes
    ? []
    : omitted.map((event) => ({ ...event, title: twist.longer, outcome: "error" as const }));
  const visible = new Set(kept.flatMap((event) => visibleWords(event, access)));
  const touched = new Set(kept.filter(({ context }) => !context).map(({ rawService }) => rawService));
  const there = [...kept.map((event) => twisted(event, access, twist, { touched, visible })), ...hiddenOnly, ...more];
  return namesAreHidden(access) ? there.map(renamed) : there;
}

/** Nobody looks who reads infrastructure in any scope: then the name of an unlisted service is hidden everywhere. */
function namesAreHidden({ lenses }: Access): boolean {
  return lenses.some(({ role }) => {
    const cell = role.classes.infrastructure ?? "absent";
    return typeof cell === "string" ? cell !== "show" : cell.own !== "show" && cell.other !== "show";
  });
}

/** To one that stands elsewhere in the alphabet. */
function renamed(event: TimelineEvent): TimelineEvent {
  return event.rawService === SERVICES[2] ? { ...event, rawService: "aa-renamed" } : event;
}

/** What the policy grants for the row: the least over all pairs of eyes. */
export function granted(event: TimelineEvent, { lenses }: Access): "full" | "stub" | "omit" {
  const each = lenses.map((lens) => {
    const grants = lens.role.rows.filter(({ rows }) => isNamed(event, rows, lens)).map(({ grant }) => grant);
    return grants.includes("full") ? 2 : grants.includes("stub") ? 1 : 0;
  });
  return (["omit", "stub", "full"] as const)[Math.min(2, ...each)] ?? "omit";
}

function isNamed(event: TimelineEvent, match: RowMatch, lens: Lens): boolean {
  const owner = OWNERS[event.rawService ?? ""];
  return [
    match.kinds === undefined || match.kinds.includes(event.kind),
    match.services === undefined || match.services.includes(event.rawService ?? ""),
    match.sources === undefined || match.sources.includes(event.source),
    match.sourceKinds === undefined || match.sourceKinds.some((kind) => event.source.startsWith(`${kind}/`)),
    match.teams === undefined || (owner !== undefined && match.teams.includes(owner)),
    match.own !== true || isOwn(event, lens),
    match.recognised !== true,
    Object.entries(match.labels ?? {}).every(([name, values]) =>
      values.includes(String(event.attributes[`label.${name}`])),
    ),
  ].every(Boolean);
}

function isOwn({ rawService }: TimelineEvent, { granted: services, teams }: Lens): boolean {
  if (services === "all") return true;
  const owner = OWNERS[rawService ?? ""];
  return services.has(rawService ?? "") || (owner !== undefined && teams.includes(owner));
}

/** What each pair of eyes gets of the class in this row. */
function treatments(event: TimelineEvent, access: Access, fieldClass: FieldClass): Treatment[] {
  if (fieldClass === "secret") return ["absent"];
  return access.lenses.map((lens) => {
    const cell = lens.role.classes[fieldClass] ?? "absent";
    return typeof cell === "string" ? cell : isOwn(event, lens) ? cell.own : cell.other;
  });
}

function isHidden(event: TimelineEvent, access: Access, fieldClass: FieldClass): boolean {
  return treatments(event, access, fieldClass).some((one) => one === "absent" || one === "template");
}

function reads(event: TimelineEvent, access: Access, fieldClass: FieldClass): boolean {
  return treatments(event, access, fieldClass).every((one) => one === "show" || one === "scrub");
}

/** Context of which nothing may be known but that it is there is about another touched service. */
function otherService(event: TimelineEvent, access: Access, touched: ReadonlySet<string | null>): string | null {
  const { rawService } = event;
  if (!touched.has(rawService)) return rawService;
  const isStubThere = (name: string | null) => granted({ ...event, rawService: name }, access) === "stub";
  return [...touched].sort().find((name) => name !== rawService && isStubThere(name)) ?? rawService;
}

/** A word that is read in one row says nothing more by standing in another: rows of one fact are shown as one. */
function visibleWords(event: TimelineEvent, access: Access): string[] {
  if (granted(event, access) !== "full") return [];
  const [titleClass, textClass] = textClasses(event);
  const shown = `${reads(event, access, titleClass) ? event.title : ""} ${reads(event, access, textClass) ? (event.text ?? "") : ""}`;
  return shown.match(/zq[a-z]+/g) ?? [];
}

function textClasses(event: TimelineEvent): readonly [title: FieldClass, text: FieldClass] {
  const kind = KINDS.find((one) => one === event.kind);
  return kind ? TEXT_CLASS[kind] : ["text", "text"];
}

function twisted(
  event: TimelineEvent,
  access: Access,
  twist: Twist,
  world: { readonly touched: ReadonlySet<string | null>; readonly visible: ReadonlySet<string> },
): TimelineEvent {
  const isStub = granted(event, access) === "stub";
  const [titleClass, textClass] = textClasses(event);
  const rename = (text: string) =>
    text.replaceAll(/zq[a-z]+/g, (word) =>
      world.visible.has(word) ? word : `${word}${twist.longer.replaceAll(" ", "")}`,
    );
  const seesNames = treatments(event, access, "infrastructure").every((one) => one === "show");
  // A secret inside text that is read: the rest of the text stays.
  const secret = (text: string) =>
    text.replaceAll(/token=[a-z]+/g, (pair) => `${pair}${twist.longer.replaceAll(" ", "")}`);
  const hides = (fieldClass: FieldClass) => isStub || !reads(event, access, fieldClass);
  return {
    ...event,
    title: hides(titleClass) ? rename(event.title) : event.title,
    text: hides(textClass) ? rename(event.text ?? "") : secret(event.text ?? ""),
    attributes: twistedAttributes(event, access, twist, isStub),
    links: isStub || !seesNames ? [] : event.links,
    ...(isStub && event.context && twist.moves ? { rawService: otherService(event, access, world.touched) } : {}),
  };
}

/** Ids stay, for they decide which rows belong; `label.team` stays where a row rule reads it. */
const STRUCTURAL = new Set(["order.id", "trace_id", "label.team", "account.id", "request.id"]);

function twistedAttributes(
  event: TimelineEvent,
  access: Access,
  twist: Twist,
  isStub: boolean,
): TimelineEvent["attributes"] {
  const attributes: Record<string, string | number | boolean> = {};
  for (const [path, value] of Object.entries(event.attributes)) {
    const fieldClass = FIELDS.find(([, known]) => known === path)?.[0];
    if (fieldClass === undefined || STRUCTURAL.has(path) || !(isStub || isHidden(event, access, fieldClass))) {
      attributes[path] = value;
    } else if (!twist.deletes) attributes[path] = `${String(value)}${twist.longer}`;
  }
  const first = FIELDS.find(
    ([fieldClass, path]) => !STRUCTURAL.has(path) && (isStub || isHidden(event, access, fieldClass)),
  );
  if (twist.adds && first && attributes[first[1]] === undefined) attributes[first[1]] = twist.longer;
  return attributes;
}
