import { expect, it } from "vitest";
import { keepBySize } from "./keep-by-size";

/** Makes texts whose length is their size, and remembers what it made. */
function making(mostSize: number) {
  const made: string[] = [];
  const kept = keepBySize<string>(mostSize, ({ length }) => length);
  const ask = (key: string, size = 1, mark = "m") =>
    kept.take(key, mark, () => {
      made.push(key);
      return Promise.resolve("x".repeat(size));
    });
  return { made, kept, ask };
}

it("makes a value once for all who ask at the same time, and again under another mark", async () => {
  const { made, ask } = making(10);
  await Promise.all([ask("a"), ask("a")]);
  await ask("a");
  expect(made).toEqual(["a"]);
  await ask("a", 1, "later");
  expect(made).toEqual(["a", "a"]);
});

it("lets go of what was not asked for longest when there is no room", async () => {
  const { made, ask } = making(10);
  await ask("a", 4);
  await ask("b", 4);
  await ask("a", 4);
  await ask("c", 4);
  await ask("a", 4);
  expect(made).toEqual(["a", "b", "c"]);
  await ask("b", 4);
  expect(made).toEqual(["a", "b", "c", "b"]);
});

it("keeps the last one even if it is larger than the room, and nothing beside it", async () => {
  const { made, ask } = making(10);
  await ask("small");
  await ask("huge", 50);
  await ask("huge", 50);
  await ask("small");
  expect(made).toEqual(["small", "huge", "small"]);
});

it("does not keep a failure", async () => {
  const { made, kept, ask } = making(10);
  await expect(kept.take("a", "m", () => Promise.reject(new Error("no database")))).rejects.toThrow("no database");
  await ask("a");
  expect(made).toEqual(["a"]);
});
