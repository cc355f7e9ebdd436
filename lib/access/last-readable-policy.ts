/** The newest published policy before a version that this program can read: only to know who may publish a better one. */
import "server-only";
import type { PolicyDocument } from "@/lib/domain/policy";
import { DEFAULT_POLICY } from "@/lib/redact/policy";
import type { PolicyRepository } from "@/lib/store/policy-repository";

export async function lastReadablePolicy(
  published: Pick<PolicyRepository, "read">,
  before: number,
): Promise<PolicyDocument> {
  for (let version = before - 1; version > 0; version--) {
    const document = (await published.read(version))?.document;
    if (document) return document;
  }
  return DEFAULT_POLICY;
}
