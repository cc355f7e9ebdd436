"use client";

/** `t c` and `t v`: the range travels through the clipboard between tabs and tools. */
import { parseInstant } from "@/lib/contract/parse-instant";
import { parseTimeRange } from "@/lib/contract/parse-time-range";
import { toRfc3339Nano } from "@/lib/domain/epoch-ns";
import { useHotkeys } from "../ui/use-hotkeys";
import { useRange } from "./use-range";

export function useRangeKeys(): void {
  const { range, setRange } = useRange();
  useHotkeys({
    "t c": () => {
      const now = Date.now();
      const [from, to] = [parseInstant(range.from, now), parseInstant(range.to, now)];
      if (from && to) void navigator.clipboard.writeText(`${toRfc3339Nano(from)} to ${toRfc3339Nano(to)}`);
    },
    "t v": () => {
      void navigator.clipboard.readText().then((text) => {
        const pasted = parseTimeRange(text, Date.now());
        if (!("problem" in pasted)) void setRange({ from: pasted.from.text, to: pasted.to.text });
      });
    },
  });
}
