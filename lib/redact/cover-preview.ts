/**
 * A draft policy's view of an incident for somebody who may not read what it shows: the draft decides the shape, and each
 * value that does not stand in the reader's own answer too becomes a placeholder, `‹account id shown›`. So a preview never
 * tells a value that the reader could not have asked for. Pure.
 */
import type { AttributeView, EventView, WhyStep } from "@/lib/contract/event-view";
import type { FindingView, KeyView, ServiceView, TimelineAnswer } from "@/lib/contract/timeline-answer";
import { TREATMENT_WORDS } from "@/lib/contract/treatment-words";
import { isStubSentence, titleClassOf } from "./redact-row";

/** `displayName`: what a role without infrastructure reads for a canonical service name. Anybody may read those. */
export function coverPreview(
  draft: TimelineAnswer,
  own: TimelineAnswer,
  displayName: (canonicalName: string) => string,
): TimelineAnswer {
  const ownRows = new Map([...own.events, ...own.parts].map((row) => [row.id, row]));
  const service = serviceCover(own, displayName);
  // A row that the reader's own policy leaves out is not there: that it exists is a value too.
  const cover = (rows: readonly EventView[]) =>
    rows.flatMap((row) => {
      const known = ownRows.get(row.id);
      return known ? [coverRow(row, known, service)] : [];
    });
  const [events, parts] = [cover(draft.events), cover(draft.parts)];
  const withheld = [...events, ...parts].filter(({ sentence }) => isStubSentence(sentence)).length;
  return {
    query: {
      ...draft.query,
      keys: draft.query.keys.map((key, i) => (key === own.query.keys[i] ? key : "‹id asked for›")),
    },
    completeness: own.completeness,
    events,
    parts,
    gaps: onlyKnown(draft.gaps, own.gaps),
    keys: coverKeys(draft.keys, own.keys),
    edges: onlyKnown(draft.edges, own.edges),
    services: coverServices(draft.services, service),
    calls: onlyKnown(draft.calls, own.calls),
    findings: coverFindings(draft.findings, own, new Set([...ownRows.keys()])),
    unlinks: onlyKnown(draft.unlinks, own.unlinks),
    reveals: onlyKnown(draft.reveals, own.reveals),
    metrics: onlyKnown(draft.metrics, own.metrics),
    sources: own.sources.map(({ sourceId: _, ...status }) => status),
    stats: { ...own.stats, shown: events.length, parts: parts.length, withheld },
  };
}

type ServiceCover = (name: string | null) => string | null;

/** Places, times and kinds come from the reader's own row; what a policy decides about comes covered from the draft. */
function coverRow(draft: EventView, own: EventView, service: ServiceCover): EventView {
  const { title, sentence, ...words } = coverWords(draft, own);
  const view: EventView = {
    ...placeOf(own),
    service: service(draft.service),
    environment: draft.environment === own.environment ? own.environment : null,
    title,
    sentence,
    ...words,
    attributes: coverAttributes(draft, own),
    keys: draft.keys.map((key) =>
      own.keys.some(({ kind, value }) => kind === key.kind && value === key.value)
        ? key
        : { kind: key.kind, value: `‹${key.kind} id shown›` },
    ),
    links: onlyKnown(draft.links, own.links),
    why: coverWhy(draft.why, own.why),
  };
  if (draft.sourceId !== undefined) view.sourceId = draft.sourceId === own.sourceId ? own.sourceId : "‹source shown›";
  if (draft.durationNs !== undefined && draft.durationNs === own.durationNs) view.durationNs = own.durationNs;
  if (draft.observedAt !== undefined && draft.observedAt === own.observedAt) view.observedAt = own.observedAt;
  if (own.span && JSON.stringify(draft.span) === JSON.stringify(own.span)) view.span = own.span;
  return view;
}

/** What every role reads of every row. The clock's hosts are infrastructure and stay out. */
function placeOf(own: EventView): Omit<EventView, "service" | "environment" | "title" | "sentence"> {
  const { id, orderKey, kind, happenedAt, happenedAtNs, severity, outcome, source, context, count } = own;
  const { partOf, part, lastAt, causal, clock, seenIn } = own;
  return {
    ...{ id, orderKey, kind, happenedAt, happenedAtNs, severity, outcome, source, context, count, seenIn },
    ...{ actor: { kind: own.actor.kind }, attributes: {}, keys: [], links: [], why: [] },
    ...(partOf === undefined ? {} : { partOf }),
    ...(part === undefined ? {} : { part }),
    ...(lastAt === undefined ? {} : { lastAt }),
    ...(causal === undefined ? {} : { causal }),
    ...(clock ? { clock: withoutHosts(clock) } : {}),
  };
}

function withoutHosts({ host: _, reference: __, ...clock }: NonNullable<EventView["clock"]>) {
  return clock;
}

function coverWords(draft: EventView, own: EventView): Pick<EventView, "title" | "sentence" | "text"> {
  const known = new Set([own.title, own.sentence]);
  const isOurs = (text: string) => known.has(text) || isStubSentence(text);
  const sentence = isOurs(draft.sentence) ? draft.sentence : "‹sentence shown›";
  const title = draft.title === draft.sentence ? sentence : `‹${titleClassOf(draft.kind)} shown›`;
  const text = draft.text === own.text ? own.text : "‹text scrubbed›";
  return {
    sentence,
    title: isOurs(draft.title) ? draft.title : title,
    ...(draft.text === undefined || text === undefined ? {} : { text }),
  };
}

function coverAttributes(draft: EventView, own: EventView): EventView["attributes"] {
  return Object.fromEntries(
    Object.entries(draft.attributes).map(([path, attribute]) => [
      path,
      coverAttribute(attribute, own.attributes[path]),
    ]),
  );
}

function coverAttribute(draft: AttributeView, own: AttributeView | undefined): AttributeView {
  // Whoever reads the value as it is may read everything that is made of it.
  if (own && (own.treatment === "show" || own.value === draft.value)) return draft;
  return { ...draft, value: `‹${draft.class} ${TREATMENT_WORDS[draft.treatment].past}›` };
}

function coverWhy(draft: readonly WhyStep[], own: readonly WhyStep[]): WhyStep[] {
  return draft.map(({ keyKind, rule, confidence, source, ...step }, i) => {
    const known = own[i];
    const view: WhyStep = { keyKind, rule, confidence, source };
    if (step.key !== undefined) view.key = step.key === known?.key ? step.key : `‹${keyKind} id shown›`;
    if (step.throughEvent !== undefined && step.throughEvent === known?.throughEvent)
      view.throughEvent = step.throughEvent;
    if (step.foundIn !== undefined && step.foundIn === known?.foundIn) view.foundIn = step.foundIn;
    if (step.sourceId !== undefined && step.sourceId === known?.sourceId) view.sourceId = step.sourceId;
    if (step.query) {
      const isKnown = JSON.stringify(step.query) === JSON.stringify(known?.query);
      view.query = isKnown ? step.query : { language: step.query.language, text: "‹query shown›" };
    }
    return view;
  });
}

function coverKeys(draft: readonly KeyView[], own: readonly KeyView[]): KeyView[] {
  const known = new Set(own.map(({ kind, value }) => `${kind}:${value}`));
  return draft.map((key) =>
    known.has(`${key.kind}:${key.value}`) ? key : { ...key, value: `‹${key.kind} id shown›` },
  );
}

function serviceCover(own: TimelineAnswer, displayName: (name: string) => string): ServiceCover {
  const names = own.services.map(({ name }) => name);
  const known = new Set([...names, ...names.map(displayName), "a service", "another service"]);
  for (const { service } of [...own.events, ...own.parts]) {
    if (service !== null) known.add(service).add(displayName(service));
  }
  return (name) => (name === null || known.has(name) ? name : "‹service shown›");
}

function coverServices(draft: readonly ServiceView[], cover: ServiceCover): ServiceView[] {
  return draft.flatMap((service) => (cover(service.name) === service.name ? [service] : []));
}

/** A finding of the same kind; its words only when the reader's own finding or row says them. */
function coverFindings(draft: readonly FindingView[], own: TimelineAnswer, rows: ReadonlySet<string>): FindingView[] {
  const known = new Set(own.findings.map((finding) => JSON.stringify(finding)));
  const words = new Set([...own.findings, ...own.events].map(({ sentence }) => sentence));
  return draft.map((finding) => {
    if (known.has(JSON.stringify(finding))) return finding;
    const { kind, level, sentence, events } = finding;
    return {
      ...{ kind, level, candidates: [], rejected: [], reach: [] },
      sentence: words.has(sentence) ? sentence : "‹finding shown›",
      events: events.filter((id) => rows.has(id)),
    };
  });
}

function onlyKnown<T>(draft: readonly T[], own: readonly T[]): T[] {
  const known = new Set(own.map((one) => JSON.stringify(one)));
  return draft.filter((one) => known.has(JSON.stringify(one)));
}
