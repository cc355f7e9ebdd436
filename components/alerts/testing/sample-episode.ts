/** An episode to show in tests. */
import type { EpisodeView } from "@/lib/contract/alerts";

export function sampleEpisode(parts: Partial<EpisodeView>): EpisodeView {
  return {
    id: "a".repeat(32),
    rule: "CheckoutSlow",
    name: "CheckoutSlow",
    service: "shop",
    environment: "production",
    team: "Storefront team",
    severity: "page",
    startsAt: "2026-10-03T02:14:00.000Z",
    endsAt: "2026-10-03T02:17:00.000Z",
    endReason: "resolved",
    fires: 1,
    flapping: 0,
    route: "page",
    silenced: false,
    inhibited: false,
    monitoringFault: false,
    reconstructed: false,
    sources: ["alertmanager/main"],
    pages: 1,
    verdicts: [],
    stub: false,
    ...parts,
  };
}
