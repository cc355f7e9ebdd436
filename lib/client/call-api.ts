/** One call of our own API. Refusals become `CallFailed`, which carries only what may be shown. */
import { Problem } from "@/lib/contract/problem";

/** What may be shown: our own words for the problem's code. */
export class CallFailed extends Error {
  constructor(
    readonly code: string,
    readonly detail?: string,
  ) {
    super(code);
  }
}

/** The parsed body; undefined when there is none. Throws `CallFailed`, or a `TypeError` when nobody answers. */
export async function callApi(path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(path, init);
  if (response.ok) return response.status === 204 ? undefined : response.json();
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  if (!problem.success) throw new CallFailed(`http-${String(response.status)}`);
  throw new CallFailed(problem.data.code, problem.data.detail);
}
