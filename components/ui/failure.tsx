/** Why a change did not work, in our own words; who has to prove themselves again finds the way. */
import { CallFailed, failureText } from "@/lib/client/call-api";
import { stepUpHref } from "@/lib/client/step-up-href";

export function Failure({ error }: { error: Error | null }) {
  return (
    <p role="alert" className="min-h-5 text-error">
      {error && failureText(error)}
      {error instanceof CallFailed && error.code === "step-up-required" && (
        <>
          {" "}
          {/* In a tab of its own: what was typed here stays. */}
          <a href={stepUpHref("/account/access")} target="_blank" rel="noopener" className="underline">
            Sign in again in a new tab
          </a>
          , then press the button once more.
        </>
      )}
    </p>
  );
}
