/** What the other sources that are asked too and told of a fire say of it. Pure. */
import type { AlertFire } from "@/lib/domain/alert-history";
import type { PollState } from "@/lib/domain/poll";
import type { PolledSource } from "./polled-sources";

/** `missing` is false while one of them lists it or was not asked since; `listedMs`: when one last listed it, 0 for never. */
export function listedElsewhere(
  fire: AlertFire,
  source: PolledSource,
  sources: readonly PolledSource[],
  states: readonly PollState[],
): { readonly missing: boolean; readonly listedMs: number } {
  const others = sources.filter(({ id }) => id !== source.id && fire.sources.includes(id));
  const missing = others.map(({ id }) => states.find((one) => one.source === id)?.memory.missing[fire.fingerprint]);
  return {
    missing: missing.every((one) => one !== undefined && one.polls > 0),
    listedMs: Math.max(0, ...missing.map((one) => one?.listedAt ?? 0)),
  };
}
