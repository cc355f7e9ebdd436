/** Any trace that a broken estate can write: missing parents, loops, repeated ids, children that outlive their parents. */
import fc from "fast-check";
import type { EventView } from "@/lib/contract/event-view";
import { aSpan } from "./a-span";

export const randomTrace: fc.Arbitrary<EventView[]> = fc
  .array(
    fc.record({
      id: fc.integer({ min: 0, max: 14 }),
      parent: fc.option(fc.integer({ min: 0, max: 18 }), { nil: undefined }),
      from: fc.integer({ min: 0, max: 60 }),
      lasts: fc.integer({ min: 0, max: 40 }),
      service: fc.constantFrom("a", "b", "c", null),
      kind: fc.constantFrom("internal", "client", "server", "consumer"),
      failed: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((plans) =>
    plans.map(({ parent, lasts, ...plan }, at) =>
      aSpan({
        ...plan,
        to: plan.from + lasts,
        ...(parent === undefined ? {} : { parent }),
        over: { id: `row-${String(at)}` },
      }),
    ),
  );
