/** What the search box may recognise for somebody: the key rules of kinds they may ask by, without attribute names. */
import "server-only";
import type { Principal } from "@/lib/domain/principal";
import { accessOf } from "@/lib/access/resolve-access";
import { isOpaqueKind } from "@/lib/redact/redact-key";
import { createRedactionContext } from "@/lib/redact/redaction-context";
import { keyHints, type KeyHint } from "@/lib/contract/key-hint";
import { keyReaderOf } from "./key-reader";
import { freshTimelineDeps } from "./timeline-deps";

export async function searchHints(principal: Principal): Promise<KeyHint[]> {
  const deps = await freshTimelineDeps();
  const context = createRedactionContext(deps.redaction, await accessOf(principal, "", new Date()));
  const reader = keyReaderOf(context);
  return keyHints(deps.reading.keys.all.map(({ rule }) => rule))
    .filter(({ kind }) => reader.asksBy(kind) !== "none")
    .map((hint): KeyHint => (isOpaqueKind(hint.kind, context) ? { ...hint, opaque: true } : hint))
    .map((hint) => (reader.asksBy(hint.kind) === "stand-in" ? onlyByStandIn(hint) : hint));
}

/** Ids of the kind mean nothing to the person; only what stands for one does. */
function onlyByStandIn({ kind, label, opaque }: KeyHint): KeyHint {
  const pattern = { valuePattern: `${kind}·[0-9A-Z-]{4,30}` };
  return { kind, label, dropPrefixes: [], padTo: [], anyCase: false, ...pattern, ...(opaque && { opaque }) };
}
