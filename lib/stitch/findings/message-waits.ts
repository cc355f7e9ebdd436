/** Messages that waited unusually long for their consumer, and those that none took. Pure. */
import type { SpanNode, SpanTree } from "./span-tree";

export interface MessageWait {
  readonly producer: SpanNode;
  /** Absent when no row shows that anybody took it. */
  readonly consumer?: SpanNode;
  /** Who took other messages of the same kind; the consumer itself where there is one. */
  readonly usualConsumer?: SpanNode;
  readonly fromMs: number;
  /** Infinity when nobody took it. */
  readonly untilMs: number;
}

/** Clocks of two hosts can disagree by seconds, and nothing bounds them across a queue. */
const LONG_WAIT_MS = 30_000;
/** A wait this many times longer than the work itself is no ordinary queueing. */
const TIMES_THE_WORK = 5;
/** And this many times longer than other messages of the same kind waited. */
const TIMES_THE_USUAL = 3;
const DESTINATIONS = ["messaging.destination.name", "messaging.destination", "messaging.destination_name"];

export function messageWaits(tree: SpanTree): MessageWait[] {
  const producers = tree.nodes.filter((node) => node.span.spanKind === "producer");
  if (producers.length === 0) return [];
  const byMessage = consumersByMessage(tree);
  const taken = producers.map((producer) => ({ producer, consumer: consumerOf(producer, byMessage) }));
  const usual = usualWaits(taken);
  const waits: MessageWait[] = [];
  for (const { producer, consumer } of taken) {
    const known = usual.get(kindOf(producer));
    if (!consumer) {
      const usualConsumer = known?.consumer;
      waits.push({ producer, fromMs: producer.endMs, untilMs: Infinity, ...(usualConsumer ? { usualConsumer } : {}) });
      continue;
    }
    const waitMs = consumer.startMs - producer.endMs;
    const workMs = consumer.endMs - consumer.startMs;
    if (waitMs < LONG_WAIT_MS || waitMs < TIMES_THE_WORK * workMs) continue;
    if (known && known.waits.length >= 3 && waitMs < TIMES_THE_USUAL * median(known.waits)) continue;
    const until = consumer.startMs;
    waits.push({ producer, consumer, usualConsumer: consumer, fromMs: producer.endMs, untilMs: until });
  }
  return waits;
}

function consumerOf(producer: SpanNode, byMessage: ReadonlyMap<string, readonly SpanNode[]>): SpanNode | undefined {
  const linked = [...producer.linkedFrom, ...producer.children].filter((node) => node.service !== producer.service);
  const [first] = linked.filter((node) => node.span.spanKind === "consumer").concat(linked);
  if (first) return first;
  for (const id of messageIds(producer)) {
    const later = byMessage.get(id)?.find((node) => node.startMs >= producer.startMs);
    if (later) return later;
  }
  return undefined;
}

function consumersByMessage(tree: SpanTree): Map<string, SpanNode[]> {
  const consumers = new Map<string, SpanNode[]>();
  for (const node of tree.nodes) {
    if (node.span.spanKind !== "consumer") continue;
    for (const id of messageIds(node)) consumers.set(id, [...(consumers.get(id) ?? []), node]);
  }
  return consumers;
}

/** Without a link, the same subject on the same queue is the same message. */
function messageIds(node: SpanNode): string[] {
  const { attributes } = node.row.event;
  const destination = DESTINATIONS.map((path) => attributes[path]).find((value) => value !== undefined);
  if (destination === undefined) return [];
  return node.row.keyIds.filter((id) => !id.startsWith("trace:")).map((id) => `${String(destination)}\n${id}`);
}

function usualWaits(taken: readonly { producer: SpanNode; consumer: SpanNode | undefined }[]) {
  const usual = new Map<string, { waits: number[]; consumer: SpanNode }>();
  for (const { producer, consumer } of taken) {
    if (!consumer) continue;
    const known = usual.get(kindOf(producer)) ?? { waits: [], consumer };
    known.waits.push(consumer.startMs - producer.endMs);
    usual.set(kindOf(producer), known);
  }
  return usual;
}

function kindOf(producer: SpanNode): string {
  return `${producer.service ?? ""}\n${producer.row.event.title}`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
