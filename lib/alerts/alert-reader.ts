/** Who reads alert history, and through which eyes. */
import "server-only";
import { requireAbility } from "@/lib/access/resolve-access";
import type { Ability } from "@/lib/domain/policy";
import type { Principal } from "@/lib/domain/principal";
import { episodeAccess, type EpisodeRow } from "@/lib/redact/redact-episode";
import type { EpisodeEvidence } from "@/lib/redact/redact-episodes";
import type { RedactionContext } from "@/lib/redact/redaction-context";
import type { LabelledEpisode } from "@/lib/store/labelled-episodes";
import { store } from "@/lib/store/open-store";
import { standingContext } from "@/lib/timeline/standing-context";

export interface AlertReader {
  readonly context: RedactionContext;
  rowOf(found: LabelledEpisode): EpisodeRow;
  /** Whether the row's content may be read. */
  reads(found: LabelledEpisode): boolean;
  /** With pages and verdicts, in the order given. Not yet redacted. */
  evidenceOf(found: readonly LabelledEpisode[]): Promise<readonly EpisodeEvidence[]>;
}

/** Alert history belongs to no incident. Throws `ProblemError("forbidden")` without the ability. */
export async function alertReader(principal: Principal, ability: Ability = "read-alerts"): Promise<AlertReader> {
  await requireAbility(principal, ability);
  const { context, names } = await standingContext(principal);
  const rowOf = ({ episode, labels }: LabelledEpisode): EpisodeRow => ({
    episode,
    labels,
    service: episode.service === "unknown" ? null : names.service(episode.service),
  });
  return {
    context,
    rowOf,
    reads: (found) => episodeAccess(rowOf(found), context) === "full",
    async evidenceOf(found) {
      const { onCall, verdicts } = await store();
      const ids = found.map(({ episode }) => episode.id);
      const [pages, standing] = await Promise.all([onCall.pagesOf(ids), verdicts.inForce(ids)]);
      return found.map((one) => {
        const { id } = one.episode;
        const told = (pages.get(id) ?? []).filter(({ delivered, estimated }) => delivered && !estimated);
        const extras = { pages: told.length, verdicts: standing.get(id) ?? [], reader: principal.userId };
        return { row: rowOf(one), extras };
      });
    },
  };
}
