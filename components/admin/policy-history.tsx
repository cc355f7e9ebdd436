"use client";

/** Published versions, and the way back to one of them: as a draft, so that what it changes is seen first. */
import { useMutation } from "@tanstack/react-query";
import { failureText } from "@/lib/client/call-api";
import { minuteOf } from "@/lib/client/format-instant";
import { readPolicyVersion } from "@/lib/client/policy";
import type { PolicyView } from "@/lib/contract/policy";
import type { PolicyDocument } from "@/lib/domain/policy";
import { Button } from "../ui/button";

export function PolicyHistory({
  view,
  readOnly,
  onLoaded,
}: {
  view: PolicyView;
  readOnly: boolean;
  onLoaded: (version: number, document: PolicyDocument) => void;
}) {
  const load = useMutation({
    mutationFn: readPolicyVersion,
    onSuccess: ({ version, document }) => {
      if (document) onLoaded(version, document);
    },
  });
  return (
    <section aria-label="History">
      <h2 className="text-section font-strong">History</h2>
      {view.history.length === 0 && (
        <p className="text-muted">Nothing was published yet: the built-in policy is in force.</p>
      )}
      <p role="alert" className="text-small text-error">
        {load.error && `✕ ${failureText(load.error)}`}
        {load.data?.document === null && "✕ This version cannot be read by this version of the program."}
      </p>
      <ul className="text-small">
        {view.history.map(({ version, hash, note, by, at, restores }) => (
          <li key={version} className="flex flex-wrap items-start gap-x-3 border-t border-line py-1">
            <span className="w-8 font-strong">v{version}</span>
            <span className="min-w-40 flex-1">
              {note}
              {restores !== null && <span className="text-muted"> (v{restores} again)</span>}
              <span className="block text-muted">
                {by}, {minuteOf(at)}, <span className="font-mono">{hash.slice(0, 12)}</span>
              </span>
            </span>
            {version === view.newest && !view.provisioned ? (
              <span className="text-muted">in force</span>
            ) : (
              !readOnly && (
                <Button
                  look="plain"
                  disabled={load.isPending}
                  onClick={() => {
                    load.mutate(version);
                  }}
                >
                  Load v{version} as draft
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
