/**
 * Opens the one database of this deployment, migrated, and hands out repositories.
 *
 * `store()` is memoised on `globalThis`, because Next bundles this file several times into one process (pages, handlers,
 * instrumentation) and a second opening of the embedded folder would be refused.
 */
import "server-only";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/platform/env";
import { type InstallationKeys, installationKeys } from "@/lib/platform/installation-key";
import { log } from "@/lib/platform/log";
import { PrismaClient } from "@/prisma/generated/client";
import { auditKeysOf } from "./audit-keys";
import { createAlertRepository, type AlertRepository } from "./alert-repository";
import { createAlertHookRepository, type AlertHookRepository } from "./alert-hook-repository";
import { createBackfillRepository, type BackfillRepository } from "./backfill-repository";
import { createAccessRequestRepository, type AccessRequestRepository } from "./access-request-repository";
import { createAuditRepository, type AuditRepository } from "./audit-repository";
import { createDeliveryRepository, type DeliveryRepository } from "./delivery-repository";
import { findRunningEmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres";
import { createKeyRotation, type KeyRotation } from "./key-rotation";
import { createGrantRepository, type GrantRepository } from "./grant-repository";
import { createKeyRuleRepository, type KeyRuleRepository } from "./key-rule-repository";
import { createPollRepository, type PollRepository } from "./poll-repository";
import { createPolicyRepository, type PolicyRepository } from "./policy-repository";
import { createRevealRepository, type RevealRepository } from "./reveal-repository";
import { runMigrations } from "./run-migrations";
import { createSourceRepository, type SourceRepository } from "./source-repository";
import { createStandInRepository, type StandInRepository } from "./stand-in-repository";
import { createShareLinkRepository, type ShareLinkRepository } from "./share-link-repository";
import { createNoiseReader, type NoiseReader } from "./noise-reader";
import { createRuleVersionRepository, type RuleVersionRepository } from "./rule-version-repository";
import { createReviewRepository, type ReviewRepository } from "./review-repository";
import { createOnCallRepository, type OnCallRepository } from "./on-call-repository";
import { createResponderRepository, type ResponderRepository } from "./responder-repository";
import { createVerdictLinkRepository, type VerdictLinkRepository } from "./verdict-link-repository";
import { createVerdictRepository, type VerdictRepository } from "./verdict-repository";
import { createLastingKeyRepository, type LastingKeyRepository } from "./lasting-key-repository";
import { sealedColumns } from "./sealed-columns";
import { createRateBucketRepository, type RateBucketRepository } from "./rate-bucket-repository";
import { createSessionRepository, type SessionRepository } from "./session-repository";
import { createSetupLinkRepository, type SetupLinkRepository } from "./setup-link-repository";
import { createTokenRepository, type TokenRepository } from "./token-repository";
import { createUnlinkRepository, type UnlinkRepository } from "./unlink-repository";
import { createUserRepository, type UserRepository } from "./user-repository";

export interface Store {
  readonly kind: "postgres" | "embedded";
  readonly users: UserRepository;
  readonly tokens: TokenRepository;
  readonly sessions: SessionRepository;
  readonly setupLinks: SetupLinkRepository;
  readonly rateBuckets: RateBucketRepository;
  readonly audit: AuditRepository;
  readonly keyRules: KeyRuleRepository;
  readonly policies: PolicyRepository;
  readonly unlinks: UnlinkRepository;
  readonly grants: GrantRepository;
  readonly reveals: RevealRepository;
  readonly accessRequests: AccessRequestRepository;
  readonly standIns: StandInRepository;
  readonly shareLinks: ShareLinkRepository;
  readonly sources: SourceRepository;
  readonly onCall: OnCallRepository;
  readonly responders: ResponderRepository;
  readonly reviews: ReviewRepository;
  readonly noise: NoiseReader;
  readonly verdicts: VerdictRepository;
  readonly verdictLinks: VerdictLinkRepository;
  readonly alertHooks: AlertHookRepository;
  readonly alerts: AlertRepository;
  readonly backfills: BackfillRepository;
  readonly deliveries: DeliveryRepository;
  readonly polls: PollRepository;
  readonly ruleVersions: RuleVersionRepository;
  readonly lastingKeys: LastingKeyRepository;
  readonly keyRotation: KeyRotation;
  /** Names of the migrations that this opening applied. */
  readonly appliedMigrations: readonly string[];
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreSettings {
  /** A real server. Without it the embedded database of `dataDir` is used. */
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  /** Commands may go through the running application's socket; the application itself may not share its folder. */
  readonly throughRunningProcess?: boolean;
  /** How long to wait for a server that is still coming up; not at all by default. */
  readonly patienceMs?: number;
  /** What sealed values and the audit chain are made with; the keys of this installation by default. */
  readonly keys?: InstallationKeys;
}

/** Limits for a real server; the embedded one has a single session, where settings would leak between connections. */
const SERVER_LIMITS = {
  max: 10,
  connectionTimeoutMillis: 2_000,
  statement_timeout: 5_000,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 10_000,
} as const;
/** Reading a month for its report may take longer than any request. */
const READING_MS = 60_000;
/** One at a time, and each waits for its turn: behind a month of a million fires that is longer than a connection takes. */
const READING = { max: 1, statement_timeout: READING_MS, connectionTimeoutMillis: 2 * READING_MS };
/** How long a start waits for a database that is still coming up. */
const START_PATIENCE_MS = 20_000;

const MEMO = Symbol.for("throughline.store");
const memory: typeof globalThis & { [MEMO]?: Promise<Store> | undefined } = globalThis;

/** The store of this process, opened at first use. A failed opening is tried again by the next caller. */
export function store(): Promise<Store> {
  const settings = env();
  memory[MEMO] ??= openStore({
    databaseUrl: settings.DATABASE_URL,
    dataDir: settings.DATA_DIR,
    patienceMs: START_PATIENCE_MS,
  }).catch((error) => {
    memory[MEMO] = undefined;
    throw error;
  });
  return memory[MEMO];
}

/** Closes the store of this process, if it was opened. Safe to call twice. */
export async function closeStore(): Promise<void> {
  const opened = memory[MEMO];
  memory[MEMO] = undefined;
  await (await opened)?.close();
}

/** Opens a store that the caller closes. Throws `OperatorError` for an embedded folder in use. */
export async function openStore(settings: StoreSettings): Promise<Store> {
  refuseDuringBuild();
  if (settings.databaseUrl !== undefined) return openServer(settings.databaseUrl, settings);
  const dataDir = path.resolve(/*turbopackIgnore: true*/ settings.dataDir);
  const running = settings.throughRunningProcess ? await findRunningEmbeddedPostgres(dataDir) : null;
  if (running) return connect("embedded", { ...EMBEDDED_LOGIN, host: running.host, max: 2 }, settings);
  const embedded = await startEmbeddedPostgres(dataDir);
  try {
    const pool = { ...EMBEDDED_LOGIN, host: embedded.host, max: 5 };
    return await connect("embedded", pool, settings, () => embedded.stop());
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

const EMBEDDED_LOGIN = { user: "postgres", database: "postgres" } as const;

/** `next build` renders pages once; a page that opens the database would create the real folder during the build. */
function refuseDuringBuild(): void {
  // eslint-disable-next-line no-restricted-properties -- Next's own mark of its phase, not a setting of ours
  if (process.env.NEXT_PHASE === "phase-production-build") {
    throw new Error("the store was opened during next build: mark the route dynamic");
  }
}

async function openServer(databaseUrl: string, settings: StoreSettings): Promise<Store> {
  const deadline = performance.now() + (settings.patienceMs ?? 0);
  for (let waitMs = 250; ; waitMs = Math.min(waitMs * 2, 4_000)) {
    try {
      return await connect("postgres", { connectionString: databaseUrl, ...SERVER_LIMITS }, settings);
    } catch (error) {
      if (!isStillStarting(error) || performance.now() + waitMs > deadline) throw error;
      log("store").warn({ waitMs }, "the database does not answer yet");
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

async function connect(
  kind: Store["kind"],
  pool: pg.PoolConfig,
  settings: StoreSettings,
  afterClose = async () => {},
): Promise<Store> {
  const keys = () => settings.keys ?? installationKeys();
  const appliedMigrations = await migrate(pool);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  let reading: pg.Pool | undefined;
  return {
    kind,
    appliedMigrations,
    users: createUserRepository(prisma),
    tokens: createTokenRepository(prisma),
    sessions: createSessionRepository(prisma),
    setupLinks: createSetupLinkRepository(prisma),
    rateBuckets: createRateBucketRepository(prisma),
    audit: createAuditRepository(prisma, () => auditKeysOf(keys())),
    keyRules: createKeyRuleRepository(prisma),
    policies: createPolicyRepository(prisma),
    unlinks: createUnlinkRepository(prisma),
    grants: createGrantRepository(prisma),
    reveals: createRevealRepository(prisma),
    accessRequests: createAccessRequestRepository(prisma),
    standIns: createStandInRepository(prisma, keys),
    shareLinks: createShareLinkRepository(prisma),
    sources: createSourceRepository(prisma, keys),
    onCall: createOnCallRepository(prisma),
    responders: createResponderRepository(prisma),
    reviews: createReviewRepository(prisma),
    noise: createNoiseReader(() => (reading ??= new pg.Pool({ ...pool, ...READING }))),
    verdicts: createVerdictRepository(prisma),
    verdictLinks: createVerdictLinkRepository(prisma),
    alerts: createAlertRepository(prisma),
    backfills: createBackfillRepository(prisma),
    alertHooks: createAlertHookRepository(prisma, keys),
    deliveries: createDeliveryRepository(prisma),
    polls: createPollRepository(prisma),
    ruleVersions: createRuleVersionRepository(prisma),
    lastingKeys: createLastingKeyRepository(prisma, keys),
    keyRotation: createKeyRotation(sealedColumns(prisma), keys),
    ping: async () => void (await prisma.$queryRaw`SELECT 1`),
    async close() {
      await reading?.end();
      await prisma.$disconnect();
      await afterClose();
    },
  };
}

/** On a connection of its own, without the request limits: a migration may take as long as it needs. */
async function migrate({ connectionString, host, user, database }: pg.PoolConfig): Promise<readonly string[]> {
  const client = new pg.Client({
    ...(connectionString === undefined ? {} : { connectionString }),
    ...(host === undefined ? {} : { host, user, database }),
    connectionTimeoutMillis: SERVER_LIMITS.connectionTimeoutMillis,
  });
  await client.connect();
  try {
    return await runMigrations(client, path.join(process.cwd(), "prisma/migrations"));
  } finally {
    await client.end();
  }
}

/** Refused, unknown host, timed out, or 57P03 "the database system is starting up": worth waiting for. */
function isStillStarting(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string") {
    return ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "57P03"].includes(error.code);
  }
  // pg reports its own connection timeout without a code.
  return error.message === "timeout expired";
}
