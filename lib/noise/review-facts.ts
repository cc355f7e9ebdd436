/** What a review may know beyond alerts. Whatever is absent is answered with "not known because …". */
export interface ReviewFacts {
  /** Requests and refusals in the month, by team and resource. */
  readonly accessRequests?: readonly { readonly team: string; readonly resource: string; readonly requests: number }[];
  /** Dashboards and logs with the days since a person last opened them; null for never. */
  readonly unusedViews?: readonly { readonly name: string; readonly daysUnused: number | null }[];
  /** Registered splits with what they cost and did. */
  readonly splits?: readonly {
    readonly name: string;
    readonly monthlyCost: string;
    readonly pagesBefore: number;
    readonly pagesAfter: number;
  }[];
  /** Ways of working by how often people changed tools in them. */
  readonly toolJumps?: readonly { readonly path: string; readonly jumps: number }[];
  /** Ids of impacts that customers reported, whoever was first. */
  readonly customerReported?: readonly string[];
  readonly clockSkewP95Seconds?: number;
}
