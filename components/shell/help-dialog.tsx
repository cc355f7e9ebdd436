"use client";

/** All keys on one page. Single keys never work while typing. */
import { Dialog } from "../ui/dialog";
import { Kbd } from "../ui/kbd";

const KEYS = [
  [["/"], "Focus the search box"],
  [["⌘K", "Ctrl K"], "Open the command palette"],
  [["?"], "Show this help"],
  [["j", "↓"], "Next row"],
  [["k", "↑"], "Previous row"],
  [["enter", "o"], "Open the row's detail"],
  [["x", "→", "←"], "Show, hide the records behind a row"],
  [["esc"], "Close one layer: detail, zoom, cursor"],
  [["e"], "First error"],
  [["]"], "Next error"],
  [["["], "Previous error"],
  [["L"], "Follow what happens, or stop"],
  [["d"], "Change the time range"],
  [["t c"], "Copy the time range"],
  [["t v"], "Paste a time range"],
  [["0"], "Reset the zoom"],
  [["←", "→"], "In a trace: fold, unfold; to parent, to first child"],
  [["p", "o"], "In a trace: fold everything, unfold everything"],
  [["l"], "In a trace: logs and errors of the span"],
  [["z"], "In a trace: zoom onto the span"],
  [["n", "N"], "In a trace: next, previous match"],
  [["1", "5"], "In alerts: judge, from actionable to noise"],
  [["0", "u"], "In alerts: take the verdict back"],
  [["x"], "In alerts: choose several"],
  [["s", "r", "n"], "Judging what waits: skip, reason, note"],
] as const;

export function HelpDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" description="They rest while you type.">
      <dl className="mt-3">
        {KEYS.map(([keys, does]) => (
          <div key={does} className="flex items-center justify-between gap-4 border-t border-line/60 py-1">
            <dt>{does}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
