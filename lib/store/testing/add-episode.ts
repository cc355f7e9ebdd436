/** An episode of one fire straight in the tables, for tests of what is made of episodes. */
import { randomBytes } from "node:crypto";
import type { AlertEpisode } from "@/lib/domain/alert-history";
import type { PrismaClient } from "@/prisma/generated/client";

type Wanted = Partial<
  Pick<
    AlertEpisode,
    "name" | "service" | "environment" | "team" | "startsAt" | "endsAt" | "fingerprint" | "route" | "sources"
  >
> & { readonly labels?: Readonly<Record<string, string>>; readonly silenced?: boolean; readonly fault?: boolean };

/** A paging alert that fired for two minutes an hour ago, unless said otherwise. Returns its id. */
export async function addEpisode(tables: PrismaClient, wanted: Wanted = {}): Promise<string> {
  const id = randomBytes(16).toString("hex");
  const { labels, silenced = false, fault = false, sources = ["alertmanager/main"], ...part } = wanted;
  const { startsAt = new Date(Date.now() - 3_600_000), name = "Blip", service = "shop" } = part;
  const { endsAt = new Date(startsAt.getTime() + 120_000) } = part;
  const shared = {
    ...{ fingerprint: id.slice(0, 16), environment: "prod", team: "Storefront", severity: "page", route: "page" },
    ...{ rule: name, name, service, startsAt, endsAt, endReason: endsAt === null ? "open" : "resolved" },
    ...{ monitoringFault: fault, silenced, firstSeenAt: startsAt, sources: [...sources] },
    ...(part.environment !== undefined && { environment: part.environment }),
    ...(part.team !== undefined && { team: part.team }),
    ...(part.fingerprint !== undefined && { fingerprint: part.fingerprint }),
    ...(part.route !== undefined && { route: part.route }),
  };
  await tables.episode.create({ data: { id, fires: 1, ...shared } });
  const told = { labels: labels ?? { alertname: name, service, severity: "page" }, annotations: {} };
  await tables.fire.create({
    data: { id, episodeId: id, lastSeenAt: endsAt ?? startsAt, ...shared, ...told, deliveries: [] },
  });
  return id;
}
