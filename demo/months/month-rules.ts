/** The rules of the estate. Most are ordinary; some carry a known fault, which is what an analysis has to find. */
import { MONTH_SERVICES, TEAMS } from "./estate";

export const MECHANISMS = [
  "blip",
  "flap",
  "stale",
  "batch",
  "duplicate-rule",
  "cascade",
  "wrong-severity",
  "no-data",
  "orphan-host",
] as const;
export type Mechanism = (typeof MECHANISMS)[number];

export interface MonthRule {
  readonly name: string;
  /** Empty for a rule about a host that no service claims. */
  readonly service: string;
  readonly team: string;
  readonly severity: "page" | "warning";
  /** Goes to the receiver that pages, whatever its severity says. */
  readonly pages: boolean;
  readonly forSeconds: number;
  readonly keepFiringSeconds: number;
  readonly runbook: string;
  readonly fault: Mechanism | null;
  /** Further labels of its alerts. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Errors page, slowness opens a ticket: two rules for each service. */
export const ORDINARY_RULES: readonly MonthRule[] = MONTH_SERVICES.flatMap(({ name }) => [
  rule(`${pascal(name)}Errors`, name, { forSeconds: 60 }),
  rule(`${pascal(name)}Slow`, name, { forSeconds: 120, severity: "warning" }),
]);

export const FAULTY_RULES = {
  blips: [
    rule("SearchApiCpuThrottled", "search-api", { fault: "blip" }),
    rule("InventoryPoolWaiting", "inventory", { fault: "blip" }),
    rule("EmailWorkerRetries", "email-worker", { fault: "blip" }),
    rule("LedgerLockWait", "ledger", { fault: "blip" }),
    rule("IdentityApiTokenLatency", "identity-api", { fault: "blip" }),
    rule("AdminWebSessionErrors", "admin-web", { fault: "blip", runbook: "" }),
  ],
  flaps: [
    rule("WarehouseSyncLag", "warehouse-sync", { fault: "flap" }),
    rule("MediaCdnHitRatio", "media-cdn", { fault: "flap" }),
    rule("ConfigServerUnready", "config-server", { fault: "flap" }),
  ],
  stale: [
    rule("TemplateStoreDiskFull", "template-store", { fault: "stale", forSeconds: 300 }),
    rule("AuditLogCertificateExpiry", "audit-log", { fault: "stale", forSeconds: 300 }),
  ],
  batch: [
    rule("ReportBuilderMemory", "report-builder", { fault: "batch" }),
    rule("NightlyImportRowsBehind", "nightly-import", { fault: "batch" }),
    rule("SearchIndexerQueue", "search-indexer", { fault: "batch" }),
  ],
  /** The second watches what the first watches. */
  duplicates: [
    [rule("PricingLatencyHigh", "pricing", {}), rule("PricingP99Burn", "pricing", { fault: "duplicate-rule" })],
    [rule("PushQueueGrowing", "push-sender", {}), rule("PushDelayHigh", "push-sender", { fault: "duplicate-rule" })],
    [
      rule("FraudModelTimeouts", "fraud-scoring", {}),
      rule("FraudSloBurn", "fraud-scoring", { fault: "duplicate-rule" }),
    ],
  ],
  /** The second and third follow from the first. */
  cascades: [
    [
      rule("ProductCatalogDatabaseDown", "product-catalog", {}),
      rule("BackofficeSearchUpstream", "backoffice-search", { fault: "cascade" }),
    ],
    [
      rule("SessionStoreFailover", "session-store", {}),
      rule("ProfileApiUpstream", "profile-api", { fault: "cascade" }),
      rule("RecommendationsEmpty", "recommendations", { fault: "cascade" }),
    ],
    [
      rule("TaxServiceUnreachable", "tax-service", {}),
      rule("InvoiceRendererBacklog", "invoice-renderer", { fault: "cascade" }),
    ],
  ],
  wrongSeverity: [
    rule("ImageResizerQueue", "image-resizer", { fault: "wrong-severity", severity: "warning", pages: true }),
    rule("ReturnsApiDiskHalfFull", "returns-api", { fault: "wrong-severity", severity: "warning", pages: true }),
    rule("SmsSenderBalanceLow", "sms-sender", { fault: "wrong-severity", severity: "warning", pages: true }),
  ],
  noData: rule("DatasourceNoData", "", { fault: "no-data", severity: "warning" }),
  orphanHost: rule("HostUnreachable", "", {
    fault: "orphan-host",
    runbook: "",
    labels: { instance: "old-batch-03:9100" },
  }),
} as const;

/** Every rule once, in a fixed order. */
export const MONTH_RULES: readonly MonthRule[] = [
  ...ORDINARY_RULES,
  ...FAULTY_RULES.blips,
  ...FAULTY_RULES.flaps,
  ...FAULTY_RULES.stale,
  ...FAULTY_RULES.batch,
  ...FAULTY_RULES.duplicates.flat(),
  ...FAULTY_RULES.cascades.flat(),
  ...FAULTY_RULES.wrongSeverity,
  FAULTY_RULES.noData,
  FAULTY_RULES.orphanHost,
];

function rule(name: string, service: string, differs: Partial<MonthRule>): MonthRule {
  const severity = differs.severity ?? "page";
  return {
    name,
    service,
    team: MONTH_SERVICES.find((one) => one.name === service)?.team ?? TEAMS[4],
    severity,
    pages: severity === "page",
    forSeconds: 30,
    keepFiringSeconds: 0,
    runbook: `https://runbooks.shop.example/${name}`,
    fault: null,
    labels: {},
    ...differs,
  };
}

function pascal(name: string): string {
  return name.replaceAll(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
