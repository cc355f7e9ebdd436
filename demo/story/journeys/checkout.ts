/** One order placed and paid for, as the story plans it. */

export interface Checkout {
  readonly at: bigint;
  readonly order: string;
  readonly account: string;
  readonly total: string;
  /** How long the charge waits in the queue. */
  readonly queueMs: number;
  /** Name of the approvals rule that rejects it; absent when it is approved. */
  readonly rejectedBy?: string;
  /** When the customer looks at the payment, counted from the checkout. */
  readonly looksAfterMs: number;
}
