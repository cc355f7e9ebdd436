"use client";

/** Who signed, the hash of what was signed, and the way to sign. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { signReview } from "@/lib/client/review";
import type { ReviewView, SignReview } from "@/lib/contract/review";
import { Failure } from "../ui/failure";
import { SureButton } from "../ui/sure-button";
import { minuteOf } from "@/lib/client/format-instant";

export function SignBox({ view }: { view: ReviewView }) {
  const queries = useQueryClient();
  const sign = useMutation({
    mutationFn: (as: SignReview["as"]) => signReview(view.month, { version: view.version, as }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["review"] }),
  });
  const missing = (["manager", "owner"] as const).filter((as) => !view.signatures.some((one) => one.as === as));
  return (
    <section aria-label="Signatures">
      <h2 className="font-strong">{TITLES[view.state]}</h2>
      <ul className="text-small">
        {view.signatures.map(({ by, at, as }) => (
          <li key={as}>
            <span className="text-good">✓</span> {by} as {as}, {minuteOf(at)}
          </li>
        ))}
      </ul>
      {view.hash !== null && (
        <p className="mt-1 font-mono text-small break-all text-muted" title="SHA-256 of the snapshot">
          {view.hash}
        </p>
      )}
      {view.backlog.length > 0 && view.state !== "signed" && (
        <p className="mt-1 text-small">
          <a href="/alerts/backlog" className="text-accent hover:underline">
            {view.backlog.reduce((total, { open }) => total + open, 0)} episodes wait for a verdict
          </a>
        </p>
      )}
      {view.maySign && view.state === "draft" && (
        <div className="mt-2 flex flex-wrap gap-2 print:hidden">
          {missing.map((as) => (
            <SureButton
              key={as}
              label={`Sign as ${as}`}
              sureLabel="Sign for good"
              disabled={sign.isPending}
              onSure={() => {
                sign.mutate(as);
              }}
            />
          ))}
        </div>
      )}
      <Failure error={sign.error} />
    </section>
  );
}

const TITLES = {
  running: "The month is not over",
  draft: "Draft",
  signed: "Signed",
} as const;
