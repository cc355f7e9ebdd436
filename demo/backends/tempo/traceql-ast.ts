/** What a TraceQL text means, after parsing. */

export type StaticValue =
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "int"; readonly value: bigint }
  | { readonly type: "float"; readonly value: number }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "duration"; readonly value: bigint }
  | { readonly type: "status"; readonly value: number }
  | { readonly type: "kind"; readonly value: number }
  | { readonly type: "nil" };

export type AttributeScope = "span" | "resource" | "event" | "link" | "instrumentation" | "parent" | "";

export type FieldExpression =
  | { readonly kind: "static"; readonly value: StaticValue }
  | { readonly kind: "attribute"; readonly scope: AttributeScope; readonly name: string }
  | { readonly kind: "intrinsic"; readonly name: string }
  | { readonly kind: "not" | "minus"; readonly of: FieldExpression }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: FieldExpression;
      readonly right: FieldExpression;
    };

export type SpansetExpression =
  | { readonly kind: "filter"; readonly test: FieldExpression | undefined }
  | {
      readonly kind: "combined";
      readonly operator: string;
      readonly left: SpansetExpression;
      readonly right: SpansetExpression;
    }
  | { readonly kind: "pipeline"; readonly pipeline: TraceqlPipeline };

export interface Aggregate {
  readonly name: string;
  readonly field: FieldExpression | undefined;
  /** As written, without blanks: the name of the attribute it becomes. */
  readonly label: string;
}

export type PipelineStage =
  | { readonly kind: "spansets"; readonly of: SpansetExpression }
  | { readonly kind: "select"; readonly fields: readonly FieldExpression[] }
  | { readonly kind: "by"; readonly field: FieldExpression; readonly label: string }
  | { readonly kind: "coalesce" }
  | {
      readonly kind: "aggregate";
      readonly aggregate: Aggregate;
      readonly operator: string;
      readonly wanted: StaticValue;
    }
  /** Metrics stages: `/api/search` ignores them. */
  | { readonly kind: "ignored" };

export interface TraceqlPipeline {
  readonly stages: readonly PipelineStage[];
  readonly isMetrics: boolean;
}
