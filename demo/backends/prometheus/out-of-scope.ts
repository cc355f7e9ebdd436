/** Recorded exchanges that the demo backend does not imitate, each with its reason. Tests only. */
export const OUT_OF_SCOPE: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [
    /^live\.(?!rules\.(?:type-bad|match-bad|group-token-bad)$)/,
    "about the minutes of recording: scraped data and rules that are not in the data set",
  ],
  [
    /^status\.(?:buildinfo|runtimeinfo|flags|tsdb)$/,
    "values of the recorded process; the demo's own shape is tested apart",
  ],
  [/^status\.(?:config|walreplay)$/, "no client of ours reads them"],
  [/^parse\.ok$/, "the syntax tree API is unstable and unused"],
  [/^format\.ok$/, "the demo checks the query but does not pretty-print it"],
  [/native/, "native histograms are not part of the demo"],
  [/^query\.warn\.mixed$/, "native histograms are not part of the demo"],
  [/^(?:series\.limit|values\.name)$/, "the answer names the native histogram, which is not in the data set"],
  [/^query\.stats$/, "query statistics are not imitated"],
  [/^query\.timeout/, "the demo's queries do not run into time limits; the real answer varies from run to run"],
  [/^federate$/, "no client of ours reads federation"],
];

export function outOfScopeReason(name: string): string | undefined {
  return OUT_OF_SCOPE.find(([pattern]) => pattern.test(name))?.[1];
}
