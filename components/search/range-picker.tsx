"use client";

/** The time range: quick choices, or anything an on-call person types. `d` opens it. */
import { Popover } from "radix-ui";
import { useState, type SyntheticEvent } from "react";
import { formatWindow } from "@/lib/client/format-instant";
import { zonePreference } from "@/lib/client/preferences";
import { parseInstant } from "@/lib/contract/parse-instant";
import { parseTimeRange } from "@/lib/contract/parse-time-range";
import { MAX_RANGE_DAYS } from "@/lib/contract/timeline-query";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { useHotkeys } from "../ui/use-hotkeys";
import { useStoredValue } from "../ui/use-stored-value";
import { useRange } from "./use-range";

const QUICK = ["15m", "1h", "3h", "6h", "24h", "2d", "7d", "today", "yesterday"];
const MAX_RANGE_MS = MAX_RANGE_DAYS * 86_400_000;

export function RangePicker() {
  const { range, setRange } = useRange();
  const zone = useStoredValue(zonePreference, "utc");
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  useHotkeys({
    d: () => {
      setOpen(true);
    },
  });
  const choose = (wanted: string): void => {
    const found = parseTimeRange(wanted, Date.now(), zone);
    if ("problem" in found) setProblem(found.problem);
    else if (found.to.ms - found.from.ms > MAX_RANGE_MS) setProblem(`At most ${String(MAX_RANGE_DAYS)} days.`);
    else {
      setProblem(undefined);
      setOpen(false);
      void setRange({ from: found.from.text, to: found.to.text });
    }
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    choose(text);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button look="plain" title="Change the time range (d)">
          <Icon name="clock" />
          <span className="sr-only">Time range:</span> <RangeLabel from={range.from} to={range.to} />
          <Icon name="chevron" />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          aria-label="Time range"
          className="z-50 w-80 max-w-[calc(100vw-16px)] rounded-md border border-line bg-raised p-3 shadow-float"
        >
          <form onSubmit={submit} className="flex gap-2">
            <input
              autoFocus
              value={text}
              aria-label="Type or paste a time range"
              aria-invalid={problem !== undefined}
              aria-describedby="range-problem"
              placeholder="now-6h, 10:00 - 10:30, ISO, epoch"
              className="h-7 min-w-0 flex-1 rounded-md border border-line-strong bg-bg px-2"
              onChange={(event) => {
                setText(event.target.value);
                setProblem(undefined);
              }}
            />
            <Button type="submit">Set range</Button>
          </form>
          <p id="range-problem" aria-live="polite" className="min-h-4 pt-1 text-small text-error">
            {problem}
          </p>
          <div className="flex flex-wrap gap-1">
            {QUICK.map((quick) => (
              <Button
                key={quick}
                look="plain"
                onClick={() => {
                  choose(quick);
                }}
              >
                {/^\d/.test(quick) ? `last ${quick}` : quick}
              </Button>
            ))}
          </div>
          <p className="pt-2 text-small text-muted">
            Text without a zone is read as {zone === "utc" ? "UTC" : "local time"}.
          </p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Relative ranges keep their words; absolute ones print the zone. */
function RangeLabel({ from, to }: { from: string; to: string }) {
  const zone = useStoredValue(zonePreference, "utc");
  const last = to === "now" ? /^now-([\w-]+)$/.exec(from)?.[1] : undefined;
  if (last !== undefined) return <span>last {last.replaceAll("-", " ")}</span>;
  const [start, end] = [parseInstant(from, 0), parseInstant(to, 0)];
  const fixed = !from.startsWith("now") && !to.startsWith("now") && start !== undefined && end !== undefined;
  return (
    <span>{fixed ? formatWindow(Number(start.slice(0, 13)), Number(end.slice(0, 13)), zone) : `${from} to ${to}`}</span>
  );
}
