/**
 * The policy that counts for the next answer: the provisioning file's, else the newest published one, else the built-in
 * one. Fails closed: what cannot be read grants nothing.
 */
import "server-only";
import { configuration } from "@/lib/config/load-configuration";
import type { Configuration } from "@/lib/domain/configuration";
import type { PolicyDocument, PolicyInForce } from "@/lib/domain/policy";
import { OperatorError } from "@/lib/platform/operator-error";
import { ProblemError } from "@/lib/platform/problem-error";
import { reportError } from "@/lib/platform/report-error";
import { DEFAULT_POLICY, policyHash } from "@/lib/redact/policy";
import { store } from "@/lib/store/open-store";
import type { PolicyRepository } from "@/lib/store/policy-repository";
import { lastReadablePolicy } from "./last-readable-policy";
import { withFileFields } from "./with-file-fields";
import { withoutReading } from "./without-reading";

type Published = Pick<PolicyRepository, "newest" | "read">;
type FromFile = Pick<Configuration, "fields" | "policy">;

/** A database that fails for a moment must not blank every screen; longer than this nobody knows what was published. */
const TRUSTED_MS = 5_000;

interface Memory {
  readonly version: number;
  readonly askedAtMs: number;
  readonly policy: PolicyInForce;
}

const SLOT = Symbol.for("throughline.policy-in-force");
const holder: typeof globalThis & { [SLOT]?: () => Promise<PolicyInForce> } = globalThis;

/**
 * One small read when nothing was published since. Throws `ProblemError("overloaded")` when it cannot be known: then
 * nothing may be shown.
 */
export function policyInForce(): Promise<PolicyInForce> {
  holder[SLOT] ??= createPolicyReader(configuration(), async () => (await store()).policies);
  return holder[SLOT]();
}

export function createPolicyReader(
  file: FromFile,
  open: () => Promise<Published>,
  now: () => number = () => performance.now(),
): () => Promise<PolicyInForce> {
  if (file.policy) {
    const provisioned = inForce(withFileFields(file.policy, file.fields), "file", true);
    return async () => provisioned;
  }
  let memory: Memory | undefined;
  return async () => {
    const askedAtMs = now();
    try {
      const published = await open();
      const version = await published.newest();
      const known = memory?.version === version ? memory.policy : undefined;
      const policy = known ?? (await readPolicy(published, version, file.fields));
      // Answers may overtake each other: what was asked later is what counts.
      if (!memory || askedAtMs >= memory.askedAtMs) memory = { version, askedAtMs, policy };
      return memory.policy;
    } catch (cause) {
      if (memory && now() - memory.askedAtMs < TRUSTED_MS) return memory.policy;
      reportError(cause, { area: "access.policy", expected: true });
      const detail = "The policy cannot be read at the moment, so nothing can be shown.";
      throw new ProblemError("overloaded", { detail, cause });
    }
  };
}

async function readPolicy(
  published: Published,
  version: number,
  fields: PolicyDocument["fields"],
): Promise<PolicyInForce> {
  if (version === 0) return inForce(withFileFields(DEFAULT_POLICY, fields), "built-in", false);
  const document = (await published.read(version))?.document;
  if (document) return inForce(withFileFields(document, fields), `v${String(version)}`, false);
  const message = `policy v${String(version)} cannot be read by this program: nobody sees anything until an admin publishes another one`;
  reportError(new OperatorError(message), { area: "access.policy", expected: false });
  return inForce(
    withoutReading(await lastReadablePolicy(published, version)),
    `v${String(version)}, unreadable`,
    false,
  );
}

function inForce(document: PolicyDocument, label: string, provisioned: boolean): PolicyInForce {
  return { document, label, hash: policyHash(document), provisioned };
}
