/** How the last connection tests of this process went, by source. Forgotten at a restart: a test is one press away. */
import "server-only";
import type { SourceProbe } from "@/lib/contract/source";

const SLOT = Symbol.for("throughline.source-probes");
const holder: typeof globalThis & { [SLOT]?: Map<string, SourceProbe> } = globalThis;

/** `version` of the stored source, null for a provisioned one: a test of other settings says nothing about these. */
export function rememberProbe(source: string, version: number | null, probe: SourceProbe): void {
  holder[SLOT] ??= new Map();
  holder[SLOT].set(keyOf(source, version), probe);
}

export function lastProbe(source: string, version: number | null): SourceProbe | null {
  return holder[SLOT]?.get(keyOf(source, version)) ?? null;
}

function keyOf(source: string, version: number | null): string {
  return `${source} ${String(version)}`;
}
