"use client";

/** The five verdicts as buttons that show their keys. */
import { VERDICTS, type VerdictKind } from "@/lib/domain/on-call";
import { Button } from "../ui/button";
import { Kbd } from "../ui/kbd";
import { keyOfVerdict, VERDICT_WORDS } from "./verdict-words";

export function VerdictBar({
  mine,
  disabled,
  onJudge,
}: {
  /** One's own verdict so far. */
  mine: VerdictKind | null;
  disabled: boolean;
  /** Null takes it back. */
  onJudge: (verdict: VerdictKind | null) => void;
}) {
  return (
    <div className="flex flex-wrap gap-1" role="group" aria-label="Was it worth it?">
      {VERDICTS.map((verdict) => (
        <Button
          key={verdict}
          aria-pressed={mine === verdict}
          title={VERDICT_WORDS[verdict].means}
          className={mine === verdict ? "border-accent bg-selected" : ""}
          disabled={disabled}
          onClick={() => {
            onJudge(mine === verdict ? null : verdict);
          }}
        >
          {VERDICT_WORDS[verdict].name} <Kbd>{keyOfVerdict(verdict)}</Kbd>
        </Button>
      ))}
    </div>
  );
}
