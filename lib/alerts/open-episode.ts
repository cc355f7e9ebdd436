/** One episode with its fires, its pages, what people said, and how it was sent, each as the role may read it. */
import "server-only";
import type { EpisodeDetail } from "@/lib/contract/episode-detail";
import type { AlertFire } from "@/lib/domain/alert-history";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { redactEpisodeDetail } from "@/lib/redact/redact-episode-detail";
import type { Redacted } from "@/lib/redact/redacted";
import { store } from "@/lib/store/open-store";
import { alertReader } from "./alert-reader";
import { findQuieting } from "./find-quieting";
import { flappingFires } from "./flapping-fires";
import { sentAlert } from "./sent-alert";

const MAX_FIRES = 500;

/** Throws `ProblemError`: `forbidden`, or `not-found` alike for what is not there and what the role may not know of. */
export async function openEpisode(principal: Principal, id: string): Promise<Redacted<EpisodeDetail>> {
  const reader = await alertReader(principal);
  const { alerts, verdicts, onCall } = await store();
  const found = await verdicts.episodes([id]);
  const [evidence] = await reader.evidenceOf(found);
  const [fires, pages, history, responders] = await Promise.all([
    alerts.firesOf(id, MAX_FIRES),
    onCall.pagesOf([id]),
    verdicts.history([id]),
    onCall.responders(),
  ]);
  const quieting = evidence ? await findQuieting(evidence.row.episode, fires, reader) : [];
  const opened = evidence && {
    ...evidence,
    ...{
      fires,
      flapping: flappingFires(fires),
      pages: pages.get(id) ?? [],
      quieting,
      history,
      sent: await sentOf(fires.at(-1)),
    },
    askedAt: new Date(),
    responders: new Map(responders.map((one) => [one.id, one.name])),
  };
  const detail = opened && redactEpisodeDetail(opened, reader.context);
  if (!detail) throw new ProblemError("not-found", { detail: "There is no such episode." });
  return detail;
}

async function sentOf(fire: AlertFire | undefined): Promise<string | undefined> {
  if (!fire) return undefined;
  const { deliveries } = await store();
  const [delivery] = await deliveries.find(fire.deliveries.slice(-1));
  return delivery && sentAlert(delivery.body, fire.labels);
}
