/** Keys that were asked or met. One that was not followed is a boundary; widening adds it to the question in the URL. */
import Link from "next/link";
import { openRegions } from "@/lib/client/preferences";
import type { KeyView } from "@/lib/contract/timeline-answer";
import { Disclosure } from "../ui/disclosure";

const SHOWN = 12;

export function KeysList({ keys, widenHref }: { keys: readonly KeyView[]; widenHref: (key: string) => string }) {
  if (keys.length === 0) return null;
  const sorted = [...keys].sort(
    (a, b) => Number(b.asked) - Number(a.asked) || Number(a.followed) - Number(b.followed) || b.rows - a.rows,
  );
  const line = sorted.map((key) => `${key.kind} ${shortValue(key)}`).join(" · ");
  return (
    <Disclosure name="Keys" stored={openRegions.keys} line={line}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-0.5 px-3 pb-1.5 pl-9">
        {sorted.slice(0, SHOWN).map((key) => (
          <span key={`${key.kind}:${key.value}`} className="inline-flex items-center gap-1.5">
            <span className={key.asked ? "font-strong" : ""}>
              <span className="text-muted">{key.kind}</span>{" "}
              <span className="font-mono" title={key.value}>
                {shortValue(key)}
              </span>
            </span>
            <span className="text-muted">{key.rows.toLocaleString("en")}</span>
            {!key.followed && !key.asked && !key.pseudonym && (
              <Link href={widenHref(`${key.kind}:${key.value}`)} className="text-accent underline">
                widen
                <span className="sr-only">
                  {" "}
                  to {key.kind} {key.value}
                </span>
              </Link>
            )}
          </span>
        ))}
        {sorted.length > SHOWN && <span className="text-muted">{sorted.length - SHOWN} more</span>}
      </div>
    </Disclosure>
  );
}

function shortValue(key: KeyView): string {
  return key.kind === "trace" ? `${key.value.slice(0, 8)}…` : key.value;
}
