/** What kept an alert quiet: whose silence and why, which mute, which other alert. */
import { minuteOf } from "@/lib/client/format-instant";
import type { QuietingView } from "@/lib/contract/episode-detail";

export function QuietLines({ quietedBy }: { quietedBy: readonly QuietingView[] }) {
  return (
    <ul className="text-small">
      {quietedBy.map((one, index) => (
        <li key={index} className="border-t border-line/60 py-1 wrap-anywhere">
          {wordsOf(one)}
          {one.from !== null && one.to !== null && (
            <span className="block text-muted">
              {minuteOf(one.from)} – {minuteOf(one.to)}
            </span>
          )}
          {one.note !== "" && <span className="block">{one.note}</span>}
        </li>
      ))}
    </ul>
  );
}

function wordsOf({ what, name, by }: QuietingView): string {
  switch (what) {
    case "silence":
      return by === "" ? "A silence. Whose is not known." : `Silenced by ${by}`;
    case "mute":
      return `Muted by ${name}`;
    case "inhibition":
      return name === "" ? "Inhibited by another alert" : `Inhibited by the alert ${name}`;
  }
}
