/** An installation with sources made of plain functions, so that a test says what each answers. */
import type { z } from "zod";
import { mergeExpansionRules, mergeKeyRules } from "@/lib/config/merge-rules";
import { Configuration } from "@/lib/domain/configuration";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import type { Principal } from "@/lib/domain/principal";
import type { Role } from "@/lib/domain/role";
import { kindOfSource, type SourceId, type SourceKind } from "@/lib/domain/source-id";
import type { SourceOutcome } from "@/lib/domain/source-outcome";
import type { EventSource } from "@/lib/sources/source";
import { createTimelineDeps, type TimelineDeps } from "../timeline-deps";

export type Answer = (request: EvidenceRequest) => Partial<SourceOutcome> | Promise<Partial<SourceOutcome>>;

export function anInstallation(
  answers: Readonly<Partial<Record<SourceId, Answer>>>,
  now: () => number,
  configured: z.input<typeof Configuration> = {},
): TimelineDeps {
  const settings = { ...Configuration.parse(configured), keys: mergeKeyRules([]), expansion: mergeExpansionRules([]) };
  const deps = createTimelineDeps(settings, { pseudonymKey: Buffer.alloc(32), idKey: Buffer.alloc(32) }, now);
  const sources = Object.entries(answers).flatMap(([id, answer]) => (answer ? [aSource(id as SourceId, answer)] : []));
  return { ...deps, sources: new Map(sources.map((source) => [source.id, source])) };
}

export const as = (role: Role): Principal => ({
  userId: "u",
  displayName: "U",
  email: "u@example.test",
  role,
  teams: [],
  via: "token",
});

const ANSWERS: Readonly<Record<SourceKind, EventSource["answers"]>> = {
  loki: new Set(["by-key", "trace"]),
  tempo: new Set(["by-key", "trace", "failures"]),
  prometheus: new Set(["context"]),
  alertmanager: new Set(["context"]),
  sentry: new Set(["by-key", "trace", "context"]),
};

function aSource(id: SourceId, answer: Answer): EventSource {
  return {
    id,
    kind: kindOfSource(id),
    answers: ANSWERS[kindOfSource(id)],
    async fetch(request) {
      const nothing = { source: id, answered: true, events: [], metrics: [], gaps: [], queries: [], elapsedMs: 1 };
      return { ...nothing, ...(await answer(request)) };
    },
    probe: () => Promise.resolve({ ok: true, elapsedMs: 1 }),
  };
}
