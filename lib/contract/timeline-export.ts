/** `POST /api/v1/timeline/export`: a timeline as a file. */
import { z } from "zod";
import { Role } from "@/lib/domain/role";
import { MAX_CONTINUATIONS, MAX_KEYS } from "./timeline-query";

export const EXPORT_FORMATS = ["markdown", "csv", "json"] as const;
export const ExportFormat = z.enum(EXPORT_FORMATS);
export type ExportFormat = z.infer<typeof ExportFormat>;

const keys = z.array(z.string().max(300)).max(MAX_KEYS, `expected at most ${String(MAX_KEYS)} keys`);
const instant = z.string().max(64);

export const TimelineExport = z.strictObject({
  keys: keys.min(1, "expected the asked keys"),
  from: instant.optional(),
  to: instant.optional(),
  widen: keys.optional(),
  continue: z.array(z.string().max(64)).max(MAX_CONTINUATIONS).optional(),
  format: ExportFormat,
  /** The role that the file is made for: it holds no more than that role may read. */
  audience: Role.optional(),
  /** CSV only: begin with a byte order mark, by which spreadsheets know the encoding. */
  bom: z.boolean().optional(),
});
export type TimelineExport = z.infer<typeof TimelineExport>;

export const EXPORT_FILES: Record<ExportFormat, { readonly extension: string; readonly contentType: string }> = {
  markdown: { extension: "md", contentType: "text/markdown; charset=utf-8" },
  csv: { extension: "csv", contentType: "text/csv; charset=utf-8" },
  json: { extension: "json", contentType: "application/json" },
};
