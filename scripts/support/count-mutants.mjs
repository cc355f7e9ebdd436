// What a run of mutants is worth.

/** A test said what is wrong; the code threw inside a test; the code threw while it was loaded. */
const NOTICED = ["assertion", "thrown", "import"];

/**
 * In: the planned mutants, verdicts by id (`assertion`, `thrown`, `import`, `survived`, `stuck`, `error`), none for those
 * that were not reached. Out: counts, lists, and the share killed of all planned ones that somebody could see, 0 to 100.
 * A mutant that only hangs, that only broke the run, or that was not reached is no killed one.
 */
export function countMutants(planned, verdicts) {
  const visible = planned.filter(({ reason }) => reason === undefined);
  const having = (...wanted) => visible.filter(({ id }) => wanted.includes(verdicts.get(id)));
  const killed = having(...NOTICED);
  return {
    planned: planned.length,
    equivalent: planned.length - visible.length,
    killed: killed.length,
    by: Object.fromEntries(NOTICED.map((how) => [how, having(how).length])),
    survived: having("survived"),
    stuck: having("stuck"),
    broken: having("error"),
    unreached: visible.filter(({ id }) => !verdicts.has(id)),
    share: visible.length === 0 ? 0 : (killed.length / visible.length) * 100,
  };
}
