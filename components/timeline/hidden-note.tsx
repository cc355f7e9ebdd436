/**
 * What the reader's role does not read, by the policy: the same beside every row, so that it tells nothing about any.
 * "Hidden for your role" is not "not recorded" and not "could not be fetched".
 */
import type { QueryView } from "@/lib/contract/timeline-answer";
import { CLASS_TITLES } from "./class-titles";

export function HiddenNote({ query }: { query: QueryView }) {
  if (query.hidden.length === 0) return null;
  const titles = query.hidden.map((one) => CLASS_TITLES[one].toLowerCase());
  return (
    <section>
      <h3 className="mb-1 font-strong">Hidden for your role</h3>
      <p className="text-small text-muted">
        {titles.join(", ")}: not granted to {query.shared ? "everybody this link is for" : query.role}, policy{" "}
        {query.policyVersion}. Whether a record holds any of it is not told.
      </p>
    </section>
  );
}
