/** A source of alerts that answers what a test says, as `SourceHttp` would. */
import type { SourceHttp } from "@/lib/platform/source-http";
import type { PolledSource } from "../polled-sources";

export interface AnsweringSource extends PolledSource {
  /** By path; undefined for a source that does not answer. */
  answers: Readonly<Record<string, unknown>> | undefined;
  /** How often each path was asked. */
  readonly asked: Map<string, number>;
}

export function answeringSource(id: PolledSource["id"], answers: AnsweringSource["answers"]): AnsweringSource {
  const asked = new Map<string, number>();
  const http: SourceHttp = {
    async send({ path }) {
      asked.set(path, (asked.get(path) ?? 0) + 1);
      if (source.answers === undefined) return { ok: false, kind: "refused", attempts: 2 };
      const text = JSON.stringify(source.answers[path] ?? null);
      return { ok: true, status: 200, headers: {}, text, bytes: text.length, attempts: 1 };
    },
  };
  const kind = id.startsWith("prometheus/") ? "prometheus" : "alertmanager";
  const source: AnsweringSource = { id, kind, http, answers, asked };
  return source;
}
