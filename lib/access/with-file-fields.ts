/** The top-level `fields` of the provisioning file hold under every policy; the policy's own entries come first. */
import type { PolicyDocument } from "@/lib/domain/policy";

export function withFileFields(document: PolicyDocument, fields: PolicyDocument["fields"]): PolicyDocument {
  return { ...document, fields: { ...fields, ...document.fields } };
}
