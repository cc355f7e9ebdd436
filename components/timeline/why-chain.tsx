/** Why a row is here: each join with its rule, where it was found, and the query that asked for it. */
import Link from "next/link";
import type { EventView } from "@/lib/contract/event-view";
import { CopyButton } from "../ui/copy-button";
import { Icon } from "../ui/icon";
import { SourceMark, sourceName } from "./marks";
import type { Unlinking } from "./unlinking";

type Step = EventView["why"][number];

export const CONFIDENCE: Record<Step["confidence"], string> = {
  exact: "exact field",
  text: "found in text",
  structure: "part of the same trace",
  context: "same service and time",
};

export function WhyChain({
  steps,
  unlinking,
  onOpen,
}: {
  steps: readonly Step[];
  /** With it come the ways to put a wrong join right. */
  unlinking?: Unlinking | undefined;
  onOpen: (id: string) => void;
}) {
  return (
    <ol className="space-y-2">
      {steps.map((step, at) => (
        <li key={at} className="border-l-2 border-line-strong pl-3">
          <p className="flex flex-wrap items-center gap-x-2">
            <SourceMark source={step.source} />
            <span className={step.confidence === "context" ? undefined : "font-mono break-all"}>{keyWords(step)}</span>
          </p>
          <p className="text-small text-muted">
            Rule <RuleName step={step} isLink={unlinking !== undefined} />
            {step.foundIn !== undefined && <> in {step.foundIn}</>} · {CONFIDENCE[step.confidence]} ·{" "}
            {step.sourceId ?? sourceName(step.source)}
          </p>
          <p className="flex flex-wrap gap-x-4 text-small">
            {step.throughEvent !== undefined && <ThroughEvent id={step.throughEvent} onOpen={onOpen} />}
            {step.key !== undefined && <UnlinkStep target={step.key} unlinking={unlinking} />}
          </p>
          {step.query && (
            <div className="mt-1">
              <pre
                tabIndex={0}
                className="max-h-28 overflow-auto rounded bg-panel p-2 font-mono text-small whitespace-pre-wrap break-all"
              >
                {step.query.text}
              </pre>
              <div className="flex flex-wrap items-center">
                <CopyButton text={step.query.text} label={`Copy ${step.query.language} query`} />
                {step.query.url !== undefined && <OutsideLink href={step.query.url} label="Open the query" />}
              </div>
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

function keyWords(step: Step): string {
  if (step.key !== undefined) return step.key;
  return step.confidence === "context" ? "Context, not joined by an id" : `${step.keyKind}: hidden for your role`;
}

/** Rules that look for ids have a page where they can be put right; the shape of a trace is no rule of ours. */
function RuleName({ step, isLink }: { step: Step; isLink: boolean }) {
  const name = `“${step.rule}”`;
  if (!isLink || (step.confidence !== "exact" && step.confidence !== "text")) return name;
  return (
    <Link prefetch={false} href={`/admin/keys?rule=${encodeURIComponent(step.rule)}`} className="text-accent underline">
      {name}
    </Link>
  );
}

function UnlinkStep({ target, unlinking }: { target: string; unlinking: Unlinking | undefined }) {
  if (!unlinking?.mayUnlinkKey(target)) return null;
  return (
    <button
      type="button"
      className="text-muted underline hover:text-text"
      onClick={() => {
        unlinking.onUnlink({ kind: "key", target, label: target });
      }}
    >
      Unlink this id…
    </button>
  );
}

function ThroughEvent({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  return (
    <button
      type="button"
      className="text-small text-accent underline"
      onClick={() => {
        onOpen(id);
      }}
    >
      Show the row that led here
    </button>
  );
}

/** Only web addresses become links: others would run or leak. */
export function OutsideLink({ href, label }: { href: string; label: string }) {
  if (!/^https?:\/\//i.test(href)) return null;
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      className="inline-flex h-7 items-center gap-1.5 rounded-md px-2.5 text-accent hover:bg-hover"
    >
      <Icon name="external" /> {label}
    </a>
  );
}
