/** The estate that the months happen in: the shop's services with some more around them, who owns them, who calls whom. */

export interface MonthService {
  readonly name: string;
  readonly displayName: string;
  readonly team: string;
  readonly calls: readonly string[];
  /** Not in `demo/throughline.yaml`: the launcher adds it to the catalogue. */
  readonly extra: boolean;
}

const STOREFRONT = "Storefront team";
const ORDERS = "Orders team";
const PAYMENTS = "Payments team";
const MESSAGING = "Messaging team";
const TOOLS = "Internal tools team";
const CATALOG = "Catalog team";
const RISK = "Risk team";

export const TEAMS = [STOREFRONT, ORDERS, PAYMENTS, MESSAGING, TOOLS, CATALOG, RISK] as const;

type Line = readonly [name: string, team: string, calls: readonly string[]];

const SHOP: readonly Line[] = [
  ["customer-app", STOREFRONT, ["storefront-api"]],
  [
    "storefront-api",
    STOREFRONT,
    ["status-api", "order-service", "billing-api", "search-api", "identity-api", "pricing"],
  ],
  ["status-api", STOREFRONT, ["order-service"]],
  ["order-service", ORDERS, ["inventory", "shipping-rates", "billing-api", "email-worker"]],
  ["billing-api", PAYMENTS, ["billing-worker", "ledger"]],
  ["billing-worker", PAYMENTS, ["payment-gateway", "approvals", "fraud-scoring"]],
  ["payment-gateway", PAYMENTS, []],
  ["email-worker", MESSAGING, ["template-store"]],
  ["admin-web", TOOLS, ["order-service", "backoffice-search", "report-builder"]],
  ["approvals", RISK, ["fraud-scoring"]],
  ["nightly-import", CATALOG, ["shipping-rates", "product-catalog"]],
];

const AROUND: readonly Line[] = [
  ["search-api", STOREFRONT, ["product-catalog", "recommendations"]],
  ["search-indexer", CATALOG, ["product-catalog"]],
  ["recommendations", STOREFRONT, ["profile-api"]],
  ["profile-api", STOREFRONT, ["session-store"]],
  ["identity-api", STOREFRONT, ["session-store"]],
  ["session-store", STOREFRONT, []],
  ["pricing", CATALOG, ["promotions", "tax-service"]],
  ["promotions", CATALOG, ["feature-flags"]],
  ["product-catalog", CATALOG, ["media-cdn"]],
  ["media-cdn", CATALOG, ["image-resizer"]],
  ["image-resizer", CATALOG, []],
  ["inventory", ORDERS, ["warehouse-sync"]],
  ["warehouse-sync", ORDERS, []],
  ["shipping-rates", ORDERS, []],
  ["label-printer", ORDERS, ["shipping-rates"]],
  ["returns-api", ORDERS, ["order-service", "refunds-worker"]],
  ["refunds-worker", PAYMENTS, ["payment-gateway", "ledger"]],
  ["ledger", PAYMENTS, []],
  ["invoice-renderer", PAYMENTS, ["template-store", "tax-service"]],
  ["tax-service", PAYMENTS, []],
  ["fraud-scoring", RISK, ["profile-api"]],
  ["audit-log", RISK, []],
  ["push-sender", MESSAGING, ["template-store"]],
  ["sms-sender", MESSAGING, ["template-store"]],
  ["template-store", MESSAGING, []],
  ["feature-flags", TOOLS, ["config-server"]],
  ["config-server", TOOLS, []],
  ["report-builder", TOOLS, ["ledger"]],
  ["backoffice-search", TOOLS, ["product-catalog"]],
];

export const MONTH_SERVICES: readonly MonthService[] = [
  ...SHOP.map((line) => service(line, false)),
  ...AROUND.map((line) => service(line, true)),
];

/** Who calls a service: where its trouble is felt. */
export const CALLERS: ReadonlyMap<string, readonly MonthService[]> = new Map(
  MONTH_SERVICES.map(({ name }) => [name, MONTH_SERVICES.filter(({ calls }) => calls.includes(name))]),
);

function service([name, team, calls]: Line, extra: boolean): MonthService {
  return { name, displayName: name.replaceAll("-", " "), team, calls, extra };
}
