/** Why a row is here: each join with its rule, where it was found, and the query that asked for it. */
import type { EventView } from "@/lib/contract/event-view";
import { CopyButton } from "../ui/copy-button";
import { Icon } from "../ui/icon";
import { SourceMark, sourceName } from "./marks";

type Step = EventView["why"][number];

const CONFIDENCE: Record<Step["confidence"], string> = {
  exact: "exact field",
  text: "found in text",
  structure: "part of the same trace",
  context: "same service and time",
};

export function WhyChain({ steps, onOpen }: { steps: readonly Step[]; onOpen: (id: string) => void }) {
  return (
    <ol className="space-y-2">
      {steps.map((step, at) => (
        <li key={at} className="border-l-2 border-line-strong pl-3">
          <p className="flex flex-wrap items-center gap-x-2">
            <SourceMark source={step.source} />
            <span className={step.confidence === "context" ? undefined : "font-mono break-all"}>{keyWords(step)}</span>
          </p>
          <p className="text-small text-muted">
            Rule “{step.rule}”{step.foundIn !== undefined && <> in {step.foundIn}</>} · {CONFIDENCE[step.confidence]} ·{" "}
            {step.sourceId ?? sourceName(step.source)}
          </p>
          {step.throughEvent !== undefined && <ThroughEvent id={step.throughEvent} onOpen={onOpen} />}
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
