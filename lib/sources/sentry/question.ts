/** What the parts of one Sentry fetch share, and what each of them brings back. */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest, FetchBudget } from "@/lib/domain/evidence-request";
import type { SourceId } from "@/lib/domain/source-id";
import type { NativeQuery } from "@/lib/domain/source-outcome";
import type { TimeWindow } from "@/lib/domain/time-window";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import type { SentryClient, SentryFailure } from "./client";
import type { Dataset, Parameters } from "./query";

export interface SentryQuestion {
  readonly source: SourceId;
  readonly org: string;
  readonly webBase: string;
  readonly client: SentryClient;
  readonly budget: FetchBudget;
  readonly request: EvidenceRequest;
  readonly window: TimeWindow;
  /** Slugs the operator limited this source to; empty means all. */
  readonly projectSlugs: readonly string[];
  readonly gapOf: (failure: SentryFailure) => EvidenceGap;
  /** What this server turned out to be; learned once, kept by the adapter between fetches. */
  readonly learned: LearnedServer;
}

export interface LearnedServer {
  dataset: Dataset;
  /** Project ids to ask one by one, on plans that refuse a question over several projects. */
  perProject: readonly string[] | undefined;
  projectIds: readonly string[] | undefined;
}

export interface SentryFindings {
  readonly answered: boolean;
  readonly events: readonly TimelineEvent[];
  readonly gaps: readonly EvidenceGap[];
  readonly queries: readonly NativeQuery[];
}

/** The request as a person could repeat it; parameters are percent-encoded. */
export function httpQuery(path: string, parameters: Parameters, url?: string): NativeQuery {
  const search = new URLSearchParams(parameters.map(([name, value]) => [name, value])).toString();
  return {
    language: "HTTP",
    text: `GET ${path}${search === "" ? "" : `?${search}`}`,
    ...(url === undefined ? {} : { url }),
  };
}

export function isAllowedProject(question: SentryQuestion, slug: string | null | undefined): boolean {
  return (
    question.projectSlugs.length === 0 || (slug !== null && slug !== undefined && question.projectSlugs.includes(slug))
  );
}
