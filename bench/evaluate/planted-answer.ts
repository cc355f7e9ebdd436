/** What the suite compares with the truth. Anything that answers in this form can be scored, not only the product. */

export interface PlantedAnswer {
  readonly shown: readonly { readonly id: string; readonly context: boolean }[];
  readonly firstSymptom: string | undefined;
  readonly breakPoint: BreakPointAnswer | undefined;
  /** In words: the answer says "same time only" nowhere else. */
  readonly staffImpact?: { readonly records: readonly string[]; readonly sentence: string } | undefined;
}

export interface BreakPointAnswer {
  readonly level: "observed" | "likely" | "inconclusive";
  /** Best first. */
  readonly candidates: readonly {
    readonly service: string | null;
    readonly record: string;
    readonly evidence: number;
  }[];
  readonly rejected: readonly { readonly record: string; readonly reason: string }[];
}
