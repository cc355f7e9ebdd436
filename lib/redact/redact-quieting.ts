/** What kept an alert quiet: whose silence and why, which mute, which other alert. Pure. */
import type { QuietingView } from "@/lib/contract/episode-detail";
import type { ClassTable } from "./class-table";
import { readNote } from "./read-note";
import { redactEpisode, type EpisodeRow } from "./redact-episode";
import type { RedactionContext } from "./redaction-context";
import { staffName } from "./staff-name";

export type Quieting =
  | {
      readonly what: "silence";
      /** Null when its source never told it. */
      readonly silence: {
        readonly createdBy: string;
        readonly comment: string;
        readonly startsAt: Date;
        readonly endsAt: Date;
      } | null;
    }
  | { readonly what: "mute"; readonly name: string }
  /** `row`: null when the other alert is not in the history. */
  | { readonly what: "inhibition"; readonly row: EpisodeRow | null };

const NOTHING = { name: "", by: "", note: "", from: null, to: null };

/** `table`: of the alert that was kept quiet. Whoever made a silence is staff, what they wrote a note, the rest is configuration. */
export function redactQuieting(quieting: Quieting, table: ClassTable, context: RedactionContext): QuietingView {
  switch (quieting.what) {
    case "silence": {
      const { silence } = quieting;
      if (!silence) return { ...NOTHING, what: "silence" };
      const { createdBy, comment, startsAt, endsAt } = silence;
      return {
        ...{ what: "silence", name: "", note: readNote(comment, table, context) },
        by: createdBy === "" ? "" : staffName(createdBy, table),
        ...{ from: startsAt.toISOString(), to: endsAt.toISOString() },
      };
    }
    case "mute":
      return { ...NOTHING, what: "mute", name: context.scrub(quieting.name) };
    case "inhibition": {
      const other = quieting.row && redactEpisode(quieting.row, { pages: 0, verdicts: [], reader: "" }, context);
      return { ...NOTHING, what: "inhibition", name: other && !other.stub ? other.name : "" };
    }
  }
}
