/** Takes from the token buckets of `rate-limits.ts`. Who is counted is stored as a keyed digest only. */
import "server-only";
import { createHmac } from "node:crypto";
import { deriveKey } from "@/lib/platform/installation-key";
import { log } from "@/lib/platform/log";
import { ProblemError } from "@/lib/platform/problem-error";
import { store } from "@/lib/store/open-store";
import type { Bucket } from "@/lib/store/rate-bucket-repository";
import { type LimitName, RATE_LIMITS } from "./rate-limits";

/** Throws `ProblemError("rate-limited")` when `subject` did this too often. */
export async function takeToken(limit: LimitName, subject: string, now = new Date()): Promise<void> {
  if (await tryToken(limit, subject, now)) return;
  log("identity").warn({ limit }, "too many requests");
  const retryAfterSeconds = Math.ceil(RATE_LIMITS[limit].everySeconds);
  const detail = `That was too often. Try again in ${String(retryAfterSeconds)} s.`;
  throw new ProblemError("rate-limited", { detail, retryAfterSeconds });
}

/** False when `subject` did this too often. */
export async function tryToken(limit: LimitName, subject: string, now: Date): Promise<boolean> {
  return (await store()).rateBuckets.take(bucketOf(limit, subject), now);
}

/** Undoes one `takeToken`, for what turned out to be legitimate. */
export async function giveTokenBack(limit: LimitName, subject: string): Promise<void> {
  await (await store()).rateBuckets.giveBack(bucketOf(limit, subject));
}

function bucketOf(limit: LimitName, subject: string): Bucket {
  const { burst, everySeconds } = RATE_LIMITS[limit];
  const digest = createHmac("sha256", deriveKey("rate-limit")).update(`${limit}|${subject}`).digest("base64url");
  return { key: `${limit}:${digest.slice(0, 22)}`, capacity: burst, refillPerSecond: 1 / everySeconds };
}
