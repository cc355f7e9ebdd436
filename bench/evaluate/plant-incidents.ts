/** The whole suite: eight tellings of each of eight shapes. Pure: the same seed gives the same records and truth. */
import type { CorrelationKey } from "@/lib/domain/correlation-key";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { SHAPES, type PlantedIncident, type Shape } from "./planted-incident";
import { Random } from "./random";
import { setScene, type Scene } from "./scene";
import { badDeploy } from "./shapes/bad-deploy";
import { identityOutage } from "./shapes/identity-outage";
import { missedJob } from "./shapes/missed-job";
import { queueBacklog } from "./shapes/queue-backlog";
import { rejectedApproval } from "./shapes/rejected-approval";
import { schemaMismatch } from "./shapes/schema-mismatch";
import { slowDatabase } from "./shapes/slow-database";
import { thirdPartyOutage } from "./shapes/third-party-outage";
import { addSurroundings } from "./surroundings";
import type { ToldStory } from "./told-story";

/** The seed that the tests hold to the targets. */
export const DEFAULT_SEED = 1;

const TELLINGS = 8;
/** The last two tellings of each shape keep too little evidence. */
const FIRST_SHORT = 6;
const WINDOW_MS = 70 * 60_000;
const EPOCH_MS = Date.UTC(2026, 10, 20, 6);

const TELL: Readonly<Record<Shape, (scene: Scene) => ToldStory>> = {
  "schema-mismatch": schemaMismatch,
  "rejected-approval": rejectedApproval,
  "slow-database": slowDatabase,
  "queue-backlog": queueBacklog,
  "missed-job": missedJob,
  "bad-deploy": badDeploy,
  "third-party-outage": thirdPartyOutage,
  "identity-outage": identityOutage,
};

export function plantIncidents(seed: number): PlantedIncident[] {
  return SHAPES.flatMap((shape, index) =>
    Array.from({ length: TELLINGS }, (_, telling) => plant(shape, telling, seed * 1_000 + index * TELLINGS + telling)),
  );
}

function plant(shape: Shape, variant: number, seed: number): PlantedIncident {
  const random = new Random(seed);
  const startMs = EPOCH_MS + random.int(0, 90) * 3_600_000;
  const scene = setScene(random, startMs, variant, variant >= FIRST_SHORT);
  addSurroundings(scene);
  const told = TELL[shape](scene);
  const asked = question(scene, told);
  const { records, belongs } = scene.estate;
  return {
    name: `${shape}-${variant + 1}`,
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
      story: told.story,
    },
  };
}

/** Most people ask by order; some by a trace, a ticket or an account that leads to the order. */
function question(scene: Scene, { failing }: ToldStory): CorrelationKey {
  const { estate, random, variant, order } = scene;
  if (variant === 3 && failing !== undefined) return { kind: "trace", value: failing.traceId };
  const admin = scene.service("admin-web");
  if (variant === 4) {
    const ticket = String(random.int(100_000, 999_999));
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
