/** The head of an answer, for tests. */
import type { QueryView } from "@/lib/contract/timeline-answer";

export function aQueryView(wanted: Partial<QueryView> = {}): QueryView {
  return {
    keys: ["order:48192"],
    from: "2026-11-20T10:00:00.000000000Z",
    to: "2026-11-20T11:00:00.000000000Z",
    role: "engineer",
    policyVersion: "built-in",
    policyHash: "0123456789ab",
    hidden: ["secret"],
    revealed: [],
    shared: false,
    abilities: ["ask", "unlink", "export", "share", "reveal"],
    ...wanted,
  };
}
