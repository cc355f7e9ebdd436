/**
 * The nightly import: one trace over three hundred orders, with hundreds of retry warnings that are normal. A question
 * about one of those orders must not drag in the other 299.
 */
import type { DemoSpan } from "../backends/backend";
import { iso, ms, type Scene } from "./scene";

export const IMPORTED_ORDERS = { first: 48_000, count: 300 } as const;
const STEP_MS = 800;

export function runNightlyImport(scene: Scene, at: bigint): void {
  const run = `run-${iso(at).slice(0, 10)}`;
  const tookMs = IMPORTED_ORDERS.count * STEP_MS + 2_000;
  const job = { "job.name": "nightly-import", "job.run_id": run };
  const root = scene.span({
    service: "nightly-import",
    name: "nightly-import run",
    at,
    tookMs,
    attributes: { ...job, "import.orders": BigInt(IMPORTED_ORDERS.count) },
  });
  scene.log({
    service: "nightly-import",
    at: at + ms(1),
    span: root,
    line: `level=info msg="run started" job=nightly-import run=${run} orders=${IMPORTED_ORDERS.count}`,
  });
  for (let i = 0; i < IMPORTED_ORDERS.count; i++) {
    importOrder(scene, root, String(IMPORTED_ORDERS.first + i), at + ms(1_000 + i * STEP_MS), run);
  }
  scene.log({
    service: "nightly-import",
    at: at + ms(tookMs - 5),
    span: root,
    line: `level=info msg="run finished" job=nightly-import run=${run} rows_in=${IMPORTED_ORDERS.count} rows_out=${IMPORTED_ORDERS.count} retries=${IMPORTED_ORDERS.count * 2} failed=0`,
  });
}

function importOrder(scene: Scene, root: DemoSpan, order: string, at: bigint, run: string): void {
  const copied = scene.span({
    service: "nightly-import",
    name: "import order",
    parent: root,
    at,
    tookMs: STEP_MS - 60,
    order,
  });
  const rated = scene.span({
    service: "nightly-import",
    name: "look up shipping rate",
    kind: "client",
    parent: copied,
    at: at + ms(20),
    tookMs: STEP_MS - 120,
    order,
    attributes: { "server.address": "rates.carrier.example" },
  });
  for (const attempt of [1, 2]) {
    scene.log({
      service: "nightly-import",
      at: at + ms(60 + attempt * 150),
      span: rated,
      line: `level=warn msg="rate service answered 429, will retry" attempt=${attempt}/5 order_id=${order} backoff=150ms run=${run}`,
    });
  }
}
