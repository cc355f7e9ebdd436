/** Names of configured backends: `loki/product`, `tempo/main`. */
import { z } from "zod";

export const SOURCE_KINDS = ["loki", "tempo", "prometheus", "alertmanager", "sentry"] as const;
export const SourceKind = z.enum(SOURCE_KINDS);
export type SourceKind = z.infer<typeof SourceKind>;

export type SourceId = `${SourceKind}/${string}`;

export function sourceId(kind: SourceKind, name: string): SourceId {
  return `${kind}/${name}`;
}

export function kindOfSource(id: SourceId): SourceKind {
  return id.slice(0, id.indexOf("/")) as SourceKind;
}
