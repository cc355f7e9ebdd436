/** Who reads alert history, and through which eyes. */
import "server-only";
import { accessOf, requireAbility } from "@/lib/access/resolve-access";
import type { EpisodeView } from "@/lib/contract/alerts";
import type { Ability } from "@/lib/domain/policy";
import type { Principal } from "@/lib/domain/principal";
import { episodeAccess, redactEpisode, type EpisodeRow } from "@/lib/redact/redact-episode";
import { createRedactionContext, type RedactionContext } from "@/lib/redact/redaction-context";
import { store } from "@/lib/store/open-store";
import type { LabelledEpisode } from "@/lib/store/verdict-repository";
import { freshTimelineDeps, timelineDepsUnder } from "@/lib/timeline/timeline-deps";

export interface AlertReader {
  readonly context: RedactionContext;
  rowOf(found: LabelledEpisode): EpisodeRow;
  /** Whether the row's content may be read. */
  reads(found: LabelledEpisode): boolean;
  /** In the order given; what may not be known of is left out. */
  views(found: readonly LabelledEpisode[]): Promise<readonly EpisodeView[]>;
}

/** Alert history belongs to no incident. Throws `ProblemError("forbidden")` without the ability. */
export async function alertReader(principal: Principal, ability: Ability = "read-alerts"): Promise<AlertReader> {
  await requireAbility(principal, ability);
  await freshTimelineDeps();
  const access = await accessOf(principal, "", new Date());
  const { reading, redaction } = timelineDepsUnder(access.policy);
  const context = createRedactionContext(redaction, access);
  const rowOf = ({ episode, labels }: LabelledEpisode): EpisodeRow => ({
    episode,
    labels,
    service: episode.service === "unknown" ? null : reading.names.service(episode.service),
  });
  return {
    context,
    rowOf,
    reads: (found) => episodeAccess(rowOf(found), context) === "full",
    async views(found) {
      const { onCall, verdicts } = await store();
      const ids = found.map(({ episode }) => episode.id);
      const [pages, standing] = await Promise.all([onCall.pagesOf(ids), verdicts.inForce(ids)]);
      return found.flatMap((one) => {
        const { id } = one.episode;
        const told = (pages.get(id) ?? []).filter(({ delivered, estimated }) => delivered && !estimated);
        const extras = { pages: told.length, verdicts: standing.get(id) ?? [], reader: principal.userId };
        return redactEpisode(rowOf(one), extras, context) ?? [];
      });
    },
  };
}
