/** One incident around one story: the stage, what else happened in that hour, the question, and the truth. Pure. */
import type { CorrelationKey } from "@/lib/domain/correlation-key";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { PlantedIncident } from "./planted-incident";
import { Random } from "./random";
import { setScene, type Scene } from "./scene";
import { addSurroundings } from "./surroundings";
import type { ToldStory } from "./told-story";

/** The tellings from here on keep too little evidence. */
const FIRST_SHORT = 6;
const WINDOW_MS = 70 * 60_000;
const EPOCH_MS = Date.UTC(2026, 10, 20, 6);

export interface Telling {
  readonly shape: PlantedIncident["shape"];
  /** Counted from 0 within the shape. */
  readonly telling: number;
  /** 0 to 7: see `Scene`. */
  readonly variant: number;
  readonly seed: number;
  readonly tell: (scene: Scene) => ToldStory;
}

export function plantStory({ shape, telling, variant, seed, tell }: Telling): PlantedIncident {
  const random = new Random(seed);
  const startMs = EPOCH_MS + random.int(0, 90) * 3_600_000;
  const scene = setScene(random, startMs, variant, variant >= FIRST_SHORT);
  addSurroundings(scene);
  const told = tell(scene);
  const asked = question(scene, told);
  const { records, belongs } = scene.estate;
  return {
    name: `${shape}-${telling + 1}`,
    shape,
    asked,
    window: { fromNs: epochNsFromMs(startMs - 10 * 60_000), toNs: epochNsFromMs(startMs + WINDOW_MS) },
    records,
    services: scene.catalog,
    sentences: SENTENCES,
    truth: {
      belongs,
      ...(told.broke && {
        breakPoint: {
          services: new Set([
            ...scene.namesOf(told.broke.service),
            ...(told.broke.beyond === undefined ? [] : [told.broke.beyond]),
          ]),
          records: new Set(told.broke.records),
        },
      }),
      firstSymptom: new Set(told.firstSymptom),
      ...(told.staffAction && { staffAction: new Set(told.staffAction) }),
      story: told.story,
    },
  };
}

/** Most people ask by order; some by a trace, a ticket or an account that leads to the order. */
function question(scene: Scene, { failing, ticket: told }: ToldStory): CorrelationKey {
  const { estate, random, variant, order } = scene;
  if (variant === 3 && failing !== undefined) return { kind: "trace", value: failing.traceId };
  const admin = scene.service("admin-web");
  if (variant === 4) {
    const ticket = told ?? newTicket(random);
    estate.line(admin, `ticket ${ticket} opened about order ${order}`, scene.at + 900_000);
    return { kind: "ticket", value: ticket };
  }
  if (variant === 5) {
    const orders = scene.service("order-service");
    estate.line(orders, `order ${order} belongs to account ${scene.account}`, scene.at - 1_100_000);
    return { kind: "account", value: scene.account };
  }
  return { kind: "order", value: order };
}

export function newTicket(random: Random): string {
  return String(random.int(100_000, 999_999));
}

/** What the people of this shop would have written down about their staff's tools and jobs. */
const SENTENCES: PlantedIncident["sentences"] = [
  {
    service: "admin-web",
    kind: "log",
    text: "changed shipping method of order",
    say: "A support agent changed the shipping method.",
    as: "staff-action",
  },
  {
    service: "approvals",
    kind: "log",
    text: "charge rejected .*decided_by=",
    say: "A member of staff rejected the payment.",
    as: "staff-action",
  },
  {
    service: "nightly-import",
    kind: "log",
    text: "run started|run finished",
    say: "The nightly import started or finished its run.",
    as: "job-run",
  },
];
