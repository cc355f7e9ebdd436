/**
 * What must be on record before frames leave: whose data they show, and what the stand-ins in them stand for. Writing it
 * afterwards would lose it with the process.
 */
import "server-only";
import type { Principal } from "@/lib/domain/principal";
import type { StitchedTimeline } from "@/lib/domain/stitched-timeline";
import type { RedactionContext } from "@/lib/redact/redaction-context";
import { store } from "@/lib/store/open-store";
import { auditSubject } from "./audit-view";
import { rememberStandIns } from "./stand-ins";

/** Rejects when it cannot be written; then nothing may be shown. */
export type BeforeShown = (
  stitched: Pick<StitchedTimeline, "keys">,
  context: Pick<RedactionContext, "givenOut" | "classOfKey" | "pseudonyms">,
) => Promise<void>;

const SUBJECTS_PER_ENTRY = 1_000;

/** `viewId`: of the entry that the question began with. */
export function recordShown({ userId: actor, role }: Principal, incident: string, viewId: string): BeforeShown {
  const told = new Set<string>();
  const given = new Set<string>();
  return async ({ keys }, context) => {
    const fresh = keys.filter(({ id, key }) => !told.has(id) && context.classOfKey(key.kind) !== "telemetry-id");
    const names = new Map([...context.givenOut].filter(([name]) => !given.has(name)));
    if (names.size > 0) await rememberStandIns(names);
    for (let at = 0; at < fresh.length; at += SUBJECTS_PER_ENTRY) {
      const part = fresh.slice(at, at + SUBJECTS_PER_ENTRY);
      const subjects = part.map(({ key }) => auditSubject(key, context));
      await (
        await store()
      ).audit.append({ actor, role, action: "timeline.shown", incident, subjects, requestId: viewId });
    }
    for (const name of names.keys()) given.add(name);
    for (const { id } of fresh) told.add(id);
  };
}

/** For a view that nobody records, as in tests and measurements. */
export const unrecorded: BeforeShown = () => Promise.resolve();
