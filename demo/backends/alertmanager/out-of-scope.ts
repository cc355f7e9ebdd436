/** Recorded exchanges that the demo backend does not imitate, each with its reason. Tests only. */
export const OUT_OF_SCOPE: ReadonlyMap<string, string> = new Map([
  ["status.status", "the server prints its configuration with every default filled in; our shape is tested apart"],
  ["late.status", "the same"],
  ["root", "a web page of the Debian package"],
]);
