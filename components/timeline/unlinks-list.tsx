"use client";

/** What people took out of this incident, by whom and why. Everything can be put back. */
import { useMutation } from "@tanstack/react-query";
import { zonePreference } from "@/lib/client/preferences";
import { formatFull } from "@/lib/client/format-instant";
import { undoUnlink } from "@/lib/client/unlinks";
import type { UnlinkView } from "@/lib/contract/timeline-answer";
import { Button } from "../ui/button";
import { useStoredValue } from "../ui/use-stored-value";
import { plural } from "./build-story";
import { nsOfInstant } from "./row-time";
import { failureWords } from "./unlink-dialog";

export function UnlinksList({
  unlinks,
  mayUndo,
  onUndone,
}: {
  unlinks: readonly UnlinkView[];
  mayUndo: boolean;
  onUndone: () => void;
}) {
  const zone = useStoredValue(zonePreference, "utc");
  const undo = useMutation({ mutationFn: undoUnlink, onSuccess: onUndone });
  return (
    <section aria-label="Unlinked">
      <p className="font-strong">{unlinks.length} unlinked</p>
      <ul>
        {unlinks.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 py-0.5">
            <span>
              {one.kind === "row" ? "a row" : <span className="font-mono break-all">{one.target}</span>}
              {one.reason !== "" && <>: “{one.reason}”</>}
            </span>
            <span className="text-muted">
              {one.by} · {formatFull(nsOfInstant(one.at), zone).replace(/\.\d+/, "")} · {plural(one.rows, "row")} not
              shown
            </span>
            {mayUndo && (
              <Button
                className="h-6 text-small"
                disabled={undo.isPending}
                onClick={() => {
                  undo.mutate(one.id);
                }}
              >
                Undo<span className="sr-only"> the unlinking of {one.kind === "row" ? "a row" : one.target}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p role="alert" className="text-error">
        {undo.error && failureWords(undo.error)}
      </p>
    </section>
  );
}
