/**
 * What the reader's role does not read, by the policy: the same beside every row, so that it tells nothing about any.
 * "Hidden for your role" is not "not recorded" and not "could not be fetched".
 */
import type { QueryView } from "@/lib/contract/timeline-answer";
import Link from "next/link";
import { CLASS_TITLES } from "./class-titles";

export function HiddenNote({ query, onReveal }: { query: QueryView; onReveal?: (() => void) | undefined }) {
  if (query.hidden.length === 0 && !onReveal) return null;
  return (
    <section>
      <h3 className="mb-1 font-strong">Hidden for your role</h3>
      {query.hidden.length > 0 && <Hidden query={query} />}
      <p className="mt-1 flex flex-wrap gap-x-3 text-small">
        {onReveal && (
          <button type="button" className="text-muted underline hover:text-text" onClick={onReveal}>
            Reveal…
          </button>
        )}
        {!query.shared && (
          <Link href="/account/access" className="text-muted underline hover:text-text">
            Ask for access
          </Link>
        )}
      </p>
    </section>
  );
}

function Hidden({ query }: { query: QueryView }) {
  const titles = query.hidden.map((one) => CLASS_TITLES[one].toLowerCase());
  return (
    <p className="text-small text-muted">
      {titles.join(", ")}: not granted to {query.shared ? "everybody this link is for" : query.role}, policy{" "}
      {query.policyVersion}. Whether a record holds any of it is not told.
    </p>
  );
}
