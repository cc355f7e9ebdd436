/** Two hundred customers with orders of their own. None shares an order or an account with a planted story. */
import type { Random } from "./random";

export interface Customer {
  readonly account: string;
  readonly orders: readonly [string, string];
}

export const CUSTOMER_COUNT = 200;

/** The nth customer, 0 to 199: accounts acct_3000 to acct_3199, orders 51000 to 51399. */
export function customerAt(index: number): Customer {
  return { account: `acct_${3000 + index}`, orders: [String(51_000 + index * 2), String(51_001 + index * 2)] };
}

export function anyCustomer(random: Random): Customer {
  return customerAt(random.integer(0, CUSTOMER_COUNT - 1));
}
