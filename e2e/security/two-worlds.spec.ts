/**
 * The built app over two estates that differ only in what a role may not see: other values, longer ones, missing ones.
 * Every answer is the same, byte by byte. Ids of rows are keyed digests of the record: they are compared by the order in
 * which they appear, for all they tell is that the same record has the same id.
 */
import { expect } from "@playwright/test";
import { ask, steady } from "./support/ask";
import { test, type Estate } from "./support/estate";

test.describe.configure({ mode: "serial", timeout: 300_000 });
test.afterAll(({ estate }) => estate.turnTo("first"));

const PATHS = [
  "/api/v1/timeline?{question}",
  "/api/v1/timeline/comparison?{question}",
  "/api/v1/key-rules",
  "/api/v1/openapi.json",
];

async function observed(estate: Estate, role: string, world: "first" | "second"): Promise<string> {
  estate.turnTo(world);
  const answers = [];
  for (const path of PATHS) answers.push(await ask(estate, role, path));
  const { key, ...window } = Object.fromEntries(new URLSearchParams(estate.question));
  for (const format of ["markdown", "csv", "json"]) {
    const body = { ...window, keys: [key], format };
    const file = await ask(estate, role, "/api/v1/timeline/export", { method: "POST", body });
    answers.push({ ...file, text: format === "json" ? JSON.stringify(JSON.parse(file.text)) : file.text });
  }
  return answers
    .map(
      ({ status, headers, text }) =>
        `${String(status)} ${headers.get("content-type") ?? ""} ${byOrder(untimed(steady(text)))}`,
    )
    .join("\n");
}

/** Without when an export was made. */
function untimed(text: string): string {
  return text
    .replaceAll(/Exported \d[\d-]+[T ][\d:.]+/g, "Exported")
    .replaceAll(/"exportedAt":"[^"]*"/g, '"exportedAt":""');
}

/** Row ids and the sort keys that end in them, numbered as they come. */
function byOrder(text: string): string {
  const known = new Map<string, string>();
  return text
    .replaceAll(/"orderKey":"(\d+)[\w-]{16}"/g, '"orderKey":"$1"')
    .replaceAll(
      /"(?:id|event|partOf|throughEvent|target)":"([\w-]{16})"|"([\w-]{16})"(?=[,\]])|(?<=,)(?:"')?([\w-]{16})"?(?=[,\s])/g,
      (whole, named, listed, cell) => {
        const id = String(named ?? listed ?? cell);
        if (!known.has(id)) known.set(id, `#${String(known.size)}`);
        // A cell that begins with a dash is quoted, so that it is no formula.
        return cell === undefined ? whole.replace(id, known.get(id) ?? "") : (known.get(id) ?? "");
      },
    );
}

/** What these roles may not see is all that differs: support and finance read none of the canaries. */
for (const role of ["support", "finance"]) {
  test(`${role} cannot tell the two worlds apart`, async ({ estate }) => {
    const [first, second] = [await observed(estate, role, "first"), await observed(estate, role, "second")];
    expect(first).toContain('"events":[{');
    if (role === "support") expect(first).toContain("Exported");
    let at = 0;
    while (at < first.length && first[at] === second[at]) at++;
    // Only the first difference is of use to whoever reads the failure.
    const around = (text: string) => text.slice(Math.max(0, at - 200), at + 100);
    expect(around(second)).toBe(around(first));
  });
}

test("an engineer can, so that the tests above can fail", async ({ estate }) => {
  const [first, second] = [await observed(estate, "engineer", "first"), await observed(estate, "engineer", "second")];
  expect(second).not.toBe(first);
});
