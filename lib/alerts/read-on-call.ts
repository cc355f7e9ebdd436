/** One call of an on-call feed → people, shifts and pages. Pure; never throws. */
import { OnCallFeed } from "@/lib/contract/on-call";
import type { DeliveryReading } from "./delivery-reading";
import { readJsonBody } from "./read-json-body";
import { toFeed } from "./to-feed";
import type { StoredDelivery } from "@/lib/store/delivery-repository";

export function readOnCall({ body, source }: StoredDelivery): DeliveryReading {
  const read = readJsonBody(body, OnCallFeed);
  if (!read.ok) return read;
  const feed = toFeed(read.value);
  return { ok: true, sightings: [], apply: (work) => work.takeFeed(source, feed) };
}
