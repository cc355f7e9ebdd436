import { expect, it } from "vitest";
import { reachWords } from "./reach-words";

it.each([
  [{ kind: "order", atLeast: 1, atMost: 1 }, "1 order"],
  [{ kind: "account", atLeast: 2, atMost: 5 }, "2 to 5 accounts"],
  [{ kind: "order", atLeast: 3, atMost: null }, "at least 3 orders"],
])("says the reach %o as a range that admits what is unknown", (reach, words) => {
  expect(reachWords(reach)).toBe(words);
});
