/** What a ready demo says: a few lines for a person, or exactly one JSON line for a program. */
import { PLANTED_ORDER, REJECTED_ORDER, SLOW_ORDER } from "../story/story-plan";
import type { DemoAccounts } from "./demo-accounts";
import type { DemoSource } from "./write-configuration";

/** Questions worth asking, the main one first. */
export const DEMO_KEYS = [
  `order:${PLANTED_ORDER.order}`,
  `order:${REJECTED_ORDER.order}`,
  `account:${REJECTED_ORDER.account}`,
  `order:${SLOW_ORDER.order}`,
  "job:nightly-import",
] as const;

export interface DemoEstate {
  readonly url: string;
  /** For the product's own commands. */
  readonly dataDir: string;
  /** The demo's own backends, for tests that add a record to them. */
  readonly sources: readonly Pick<DemoSource, "kind" | "name" | "url">[];
}

export function announceAsJson({ url, dataDir, sources }: DemoEstate, { accounts, tokens }: DemoAccounts): string {
  const addresses = sources.map(({ kind, name, url: address }) => ({ kind, name, url: address }));
  return JSON.stringify({ url, accounts, tokens, keys: DEMO_KEYS, sources: addresses, dataDir });
}

export function announceAsText(url: string, { accounts }: DemoAccounts): string {
  const width = Math.max(...accounts.map(({ email }) => email.length));
  return [
    "",
    `  Throughline   ${url}`,
    "",
    ...accounts.map(({ email, password }) => `  ${email.padEnd(width)}   ${password}`),
    "",
    `  Try           #${PLANTED_ORDER.order}   a change by staff, an order page that fails two seconds later`,
    `                #${REJECTED_ORDER.order}   a payment rejected by an internal tool`,
    `                #${SLOW_ORDER.order}   a slow database, felt by customers and staff alike`,
    "",
    "  Ctrl-C stops everything.",
    "",
  ].join("\n");
}
