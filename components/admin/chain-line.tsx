/** Whether the newest entries are as they were written. The whole chain is checked by the command. */
import type { AuditChainView } from "@/lib/contract/audit";
import { CopyButton } from "../ui/copy-button";

export function ChainLine({ chain }: { chain: AuditChainView | undefined }) {
  if (!chain) return <p className="mt-2 min-h-7 text-small text-muted" />;
  const { entries, verified, unchained, head, fault } = chain;
  if (fault) {
    return (
      <p role="alert" className="mt-2 rounded-md border border-error bg-error-soft px-2 py-1 text-small">
        <span className="text-error">✕ The chain is broken.</span> {fault.text} Run{" "}
        <code className="font-mono">npm run audit -- verify</code> and keep the database as it is.
      </p>
    );
  }
  return (
    <p className="mt-2 flex min-h-7 flex-wrap items-center gap-x-2 text-small text-muted">
      <span className="text-good">✓</span>
      <span>
        {count(entries)} {entries === 1 ? "entry" : "entries"}, the newest {count(verified)} are as they were written
        {unchained > 0 && `, ${count(unchained)} of them from before the chain, which nothing proves`}.
      </span>
      {head !== null && <CopyButton text={head} label="Copy head" />}
    </p>
  );
}

function count(value: number): string {
  return value.toLocaleString("en");
}
