/** When customers were hit and who knew first: pages for what rules watch, customers for what nobody does. */
import type { FirstDetector } from "@/lib/domain/on-call";
import type { Random } from "../story/random";
import type { LatentIncident } from "./month-incidents";
import type { MonthPage } from "./page-people";

const MINUTE_MS = 60_000;

export interface MonthImpact {
  readonly id: string;
  readonly title: string;
  readonly service: string;
  readonly severity: "critical" | "major" | "minor";
  readonly startMs: number;
  readonly endMs: number;
  readonly awareMs: number;
  readonly firstDetector: FirstDetector;
  /** The truth beside it: a delivered page of this incident came before anybody told. */
  readonly detected: boolean;
}

export function impactsOf(
  random: Random,
  incidents: readonly LatentIncident[],
  pages: readonly MonthPage[],
): MonthImpact[] {
  return incidents
    .filter(({ customersHit }) => customersHit)
    .map((incident) => {
      const { id, service, severity, startMs } = incident;
      const page = pages.find(({ fire, delivered }) => delivered && fire.cause.incident === id);
      const ticketMs = Math.round(startMs + random.between(15, 80) * MINUTE_MS);
      const detected = page !== undefined && page.atMs < ticketMs;
      const awareMs = detected ? (page.ackedAtMs ?? page.atMs + 10 * MINUTE_MS) : ticketMs;
      const firstDetector = detected ? "page" : random.chance(0.75) ? "customer" : "internal-user";
      const title = `${service.replaceAll("-", " ")}: customers were hit`;
      const endMs = Math.max(incident.endMs, awareMs + 5 * MINUTE_MS);
      return { id, title, service, severity, startMs, endMs, awareMs, firstDetector, detected };
    });
}
