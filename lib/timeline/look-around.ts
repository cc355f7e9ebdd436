/**
 * When the sources are asked what happened around the touched services. Once all of them are known, in one search: which
 * searches there are must not depend on who answered first. A source that lets everybody wait is not waited for.
 */
import type { PlanStep } from "@/lib/domain/query-plan";
import type { StitchedTimeline } from "@/lib/domain/stitched-timeline";
import { planContextSteps, planServiceSteps, type PlanAnswer, type PlanState } from "@/lib/plan/plan-steps";

/** How long it waits for further services to become known: this part of the time for the whole question. */
const WAITS_FOR = 1 / 4;

type Around = Pick<StitchedTimeline, "around" | "services">;
type Plan = Omit<PlanState, "contextAsked">;

export class LookAround {
  readonly #asked = new Set<string>();
  #dueMs: number | undefined;

  /** Until it is done at the latest; undefined when nothing waits for it. */
  patienceMs(nowMs: number): number | undefined {
    return this.#dueMs === undefined ? undefined : Math.max(0, this.#dueMs - nowMs);
  }

  /** What a question about services begins with. */
  begin(services: readonly { readonly spellings: readonly string[] }[], plan: Plan): PlanAnswer {
    const answer = planServiceSteps({ ...plan, contextAsked: this.#asked }, services);
    for (const name of services.flatMap(({ spellings }) => spellings)) this.#asked.add(name);
    return answer;
  }

  /** None while `isSettling`: what is under way may lead to further services. */
  steps(stitched: Around, plan: Plan, nowMs: number, isSettling: boolean): readonly PlanStep[] {
    if (namesIn(stitched).every((name) => this.#asked.has(name))) return [];
    this.#dueMs ??= nowMs + plan.limits.totalSeconds * 1000 * WAITS_FOR;
    return isSettling && nowMs < this.#dueMs ? [] : this.stepsNow(stitched, plan);
  }

  stepsNow(stitched: Around, plan: Plan): readonly PlanStep[] {
    this.#dueMs = undefined;
    const steps = planContextSteps({ ...plan, contextAsked: this.#asked }, stitched.around ?? stitched.services);
    for (const name of namesIn(stitched)) this.#asked.add(name);
    return steps;
  }
}

function namesIn({ around, services }: Around): string[] {
  return (around ?? services).flatMap(({ spellings }) => spellings);
}
