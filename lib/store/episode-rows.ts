/** Rows of the tables of alert history as domain objects. */
import "server-only";
import { AlertRoute, EndReason, type AlertEpisode } from "@/lib/domain/alert-history";
import type { Episode as EpisodeTableRow } from "@/prisma/generated/client";

/** What an older program wrote and this one does not know is told as unknown, never dropped. */
export function toEpisode({ route, endReason, ...row }: EpisodeTableRow): AlertEpisode {
  return {
    ...row,
    route: AlertRoute.catch("unknown").parse(route),
    endReason: EndReason.catch("source_lost").parse(endReason),
  };
}
