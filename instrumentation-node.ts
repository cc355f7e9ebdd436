/**
 * The start and the end of a server process. A start that cannot work ends here, with one clear message and code 1:
 * Next itself would stay up without serving.
 */
import { pruneAuditDaily } from "@/lib/access/audit-retention";
import { startBackfillWorker, stopBackfillWorker } from "@/lib/alerts/backfill/backfill-worker";
import { startDeliveryWorker, stopDeliveryWorker } from "@/lib/alerts/delivery-worker";
import { startPollWorker, stopPollWorker } from "@/lib/alerts/poll-worker";
import { configuration } from "@/lib/config/load-configuration";
import { offerFirstAdmin } from "@/lib/identity/offer-first-admin";
import { sweepHourly } from "@/lib/identity/sweep-identity";
import { describeError } from "@/lib/platform/describe-error";
import { env } from "@/lib/platform/env";
import { stopGracefully } from "@/lib/platform/graceful-stop";
import { installationKey } from "@/lib/platform/installation-key";
import { log } from "@/lib/platform/log";
import { OperatorError } from "@/lib/platform/operator-error";
import { markPeers } from "@/lib/platform/peer-address";
import { addReadinessCheck } from "@/lib/platform/readiness";
import { startTraceExport } from "@/lib/platform/trace-export";
import { closeStore, store, type Store } from "@/lib/store/open-store";

export async function startServer(): Promise<void> {
  try {
    await start();
  } catch (error) {
    process.stderr.write(`Throughline cannot start. ${reasonOf(error)}\n`);
    process.exit(1);
  }
}

async function start(): Promise<void> {
  // Whoever read the output may be gone (`npm start | head`). Without a listener the failed write is an uncaught error, which
  // Next reports by writing again, for ever and deaf to signals.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  // next-auth builds its callback addresses from this variable and has no setting for it.
  process.env.NEXTAUTH_URL ||= `http://localhost:${process.env.PORT || 3000}`;
  const settings = env();
  markPeers();
  configuration();
  installationKey();
  const traces = startTraceExport(settings.OTEL_EXPORTER_OTLP_ENDPOINT);
  const closeResources = async () => {
    await stopBackfillWorker();
    await stopPollWorker();
    await stopDeliveryWorker();
    await closeStore();
    await traces?.stop();
  };
  // The development server ends its own children; only what it does not know is closed there.
  if (process.env.NODE_ENV === "production") stopGracefully(closeResources);
  else process.once("SIGTERM", () => void closeResources());
  const opened = await store();
  addReadinessCheck("database", async () => (await store()).ping());
  sweepHourly();
  startDeliveryWorker();
  startBackfillWorker();
  startPollWorker();
  if (settings.AUDIT_RETENTION_DAYS !== undefined) pruneAuditDaily(settings.AUDIT_RETENTION_DAYS);
  if (settings.SETUP_LINK === "on") await printSetupLink(settings.NEXTAUTH_URL ?? "", opened);
  log("start").info({ database: opened.kind, appliedMigrations: opened.appliedMigrations }, "ready");
}

/** Plain text beside the JSON log: a person at the terminal reads it, and no log store should keep what opens a door. */
async function printSetupLink(publicUrl: string, opened: Store): Promise<void> {
  const offer = await offerFirstAdmin(publicUrl, opened, new Date());
  if (offer !== null) process.stderr.write(`\n${offer}\n`);
}

/** Our own words as they are; of any other error its type and code only, since its message may quote a secret. */
function reasonOf(error: unknown): string {
  if (error instanceof OperatorError) return error.message;
  const { type, code, cause } = describeError(error);
  const causedBy = cause ? ` caused by ${cause.type}${cause.code === undefined ? "" : ` ${cause.code}`}` : "";
  return `Unexpected ${type}${code === undefined ? "" : ` ${code}`}${causedBy}.`;
}
