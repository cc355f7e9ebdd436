/** A month as a file, of what the asker may read. */
import "server-only";
import type { Principal } from "@/lib/domain/principal";
import { env } from "@/lib/platform/env";
import { store } from "@/lib/store/open-store";
import { openSealed } from "@/lib/stream/open-sealed";
import { exportReviewCsv } from "./export-review-csv";
import { exportReviewJson } from "./export-review-json";
import { exportReviewMarkdown } from "./export-review-markdown";
import { exportReviewPdf } from "./export-review-pdf";
import { readReview } from "./read-review";

export const REVIEW_FORMATS = ["pdf", "csv", "md", "json"] as const;
export type ReviewFormat = (typeof REVIEW_FORMATS)[number];

export interface ReviewFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

const TYPES = {
  pdf: "application/pdf",
  csv: "text/csv; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  json: "application/json",
} as const;

/** Throws `ProblemError("forbidden")`. On record before it leaves. */
export async function exportReview(principal: Principal, month: string, format: ReviewFormat): Promise<ReviewFile> {
  const view = openSealed(await readReview(principal, month));
  const { audit } = await store();
  await audit.append({
    actor: principal.userId,
    role: principal.role,
    action: "review.export",
    detail: { month, format },
  });
  const url = `${env().NEXTAUTH_URL ?? ""}/review/${month}`;
  const content = {
    pdf: async () => Uint8Array.from(await exportReviewPdf(view)),
    csv: () => exportReviewCsv(view),
    md: () => exportReviewMarkdown(view, url),
    json: () => exportReviewJson(view),
  }[format];
  return { name: `alert-review-${month}.${format}`, contentType: TYPES[format], content: await content() };
}
