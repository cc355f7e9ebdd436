/**
 * Every canary × role × surface: what is found is what the policy allows, and what it allows is found.
 */
import { expect } from "@playwright/test";
import { ask, signedIn, type Answer } from "./support/ask";
import { canariesIn, mayRead, POLICY } from "./support/canaries";
import { ROLES, test, type Estate } from "./support/estate";
import { undone } from "./support/spellings";
import { SURFACES } from "./surfaces";

test.describe.configure({ timeout: 180_000 });

/** Canaries that some class shows as they are: what each of these roles must find, in the rows it sees. */
const MUST_FIND: Readonly<Record<string, readonly string[]>> = {
  engineer: ["zqinfra1001", "zqtext1020", "zqcode1106", "zqunknown1004", "zqnote1015", "zqstaff1016", "zqcode1301"],
  admin: ["zqinfra1001", "zqinfra1102", "zqnote1015", "zqstaff1016", "zqinfra1203"],
  manager: ["zqnote1015", "zqstaff1016"],
};
function asked(estate: Estate): { keys: string[]; from: string; to: string } {
  const given = new URLSearchParams(estate.question);
  return { keys: ["order:48192"], from: given.get("from") ?? "", to: given.get("to") ?? "" };
}

/** The roles of the estate's policy with the ability. */
const MAY_EXPORT = new Set(
  POLICY.roles.filter(({ abilities }) => abilities.includes("export")).map(({ name }) => name),
);

const SENTENCE = "The order service";

/** Names of alert rules are configuration: who reads alert history reads them there, and nowhere else. */
const OF_HISTORY = /^(?:api\/v1\/alerts|api\/v1\/reports|\(console\)\/alerts|\(console\)\/review)\//;
const RULE_NAME = "zqinfra1203";
const READS_ALERTS = new Set(
  POLICY.roles.filter(({ abilities }) => abilities.includes("read-alerts")).map(({ name }) => name),
);

function leaks(role: string, text: string, file = ""): string[] {
  const isNamed = (canary: string) => canary === RULE_NAME && OF_HISTORY.test(file) && READS_ALERTS.has(role);
  return [...canariesIn(undone(text))].filter((canary) => !mayRead(role, canary) && !isNamed(canary));
}

for (const role of ROLES) {
  test(`${role} finds in the API what the policy allows, and nothing else`, async ({ estate }) => {
    const answers: (Answer & { readonly file?: string })[] = [];
    for (const accept of ["application/json", "application/x-ndjson"]) {
      answers.push(await ask(estate, role, "/api/v1/timeline?{question}", { headers: { accept } }));
    }
    for (const { file, kind, methods, path: address } of SURFACES) {
      if (kind === "api" && methods.includes("GET")) answers.push({ ...(await ask(estate, role, address)), file });
    }
    for (const format of ["markdown", "csv", "json"]) {
      answers.push(
        await ask(estate, role, "/api/v1/timeline/export", { method: "POST", body: { ...asked(estate), format } }),
      );
    }
    const [json, frames] = answers;
    const [markdown, csv] = answers.slice(-3);
    expect(json?.status).toBe(role === "vendor" ? 403 : 200);
    const exported = answers.slice(-3).map(({ status }) => status);
    expect([role, exported]).toEqual([role, Array<number>(3).fill(MAY_EXPORT.has(role) ? 200 : 403)]);
    for (const { text, headers, file } of answers) {
      expect([file, leaks(role, text, file)]).toEqual([file, []]);
      expect(leaks(role, JSON.stringify([...headers]))).toEqual([]);
    }
    for (const canary of MUST_FIND[role] ?? []) {
      expect(json?.text).toContain(canary);
      expect(frames?.text).toContain(canary);
      if (role === "engineer" || role === "manager")
        expect(`${markdown?.text ?? ""}${csv?.text ?? ""}`).toContain("zq");
    }
    if (role === "support" || role === "manager") expect(json?.text).toContain(SENTENCE);
    if (role === "finance") expect(json?.text).toContain("illing");
  });
}

test("a shared view shows what its maker, its audience and its reader all may see", async ({ estate }) => {
  const body = { ...asked(estate), audience: "support" };
  const made = await ask(estate, "engineer", "/api/v1/share-links", { method: "POST", body });
  expect(made.status).toBe(201);
  const { token } = JSON.parse(made.text) as { token: string };
  for (const role of ["support", "engineer", "admin"]) {
    const { status, text } = await ask(estate, role, `/api/v1/timeline?shared=${token}`);
    expect([role, status]).toEqual([role, 200]);
    expect(text).toContain('"shared":true');
    expect([...leaks("support", text), ...leaks(role, text)]).toEqual([]);
  }
});

test("a preview of another role covers what the admin may not read", async ({ estate }) => {
  const question = { keys: ["order:48192"], from: asked(estate).from, to: asked(estate).to };
  const wish = { document: POLICY, question, role: "engineer", teams: [], services: [] };
  const { status, text } = await ask(estate, "admin", "/api/v1/policy/preview", { method: "POST", body: wish });
  expect(status).toBe(200);
  expect(text).toContain("zqinfra");
  expect(leaks("admin", text)).toEqual([]);
});

for (const role of ROLES) {
  test(`${role} finds in pages and their payloads what the policy allows, and nothing else`, async ({
    estate,
    browser,
  }) => {
    const context = await signedIn(browser, estate, role);
    for (const { file, kind, path: address, public: isPublic, absent } of SURFACES) {
      if (kind !== "page" || isPublic !== undefined || absent) continue;
      const url = `${estate.url}${address.replace("{question}", estate.question)}`;
      for (const headers of [{}, { RSC: "1" }, { RSC: "1", "Next-Router-Prefetch": "1" }] as Record<string, string>[]) {
        const response = await context.request.get(url, { headers, maxRedirects: 3 });
        const text = await response.text();
        expect([address, response.status()]).toEqual([address, 200]);
        // A payload asked for without its mark is sent to the same address with it, and nowhere else.
        // The review leads to its newest month.
        expect(new URL(response.url()).pathname.replace(/^\/review\/\d{4}-\d\d$/, "/review")).toBe(
          new URL(url).pathname.replace(/^\/review\/\d{4}-\d\d$/, "/review"),
        );
        expect(text).toContain(headers["RSC"] ? ":" : "<!DOCTYPE html>");
        expect([file, leaks(role, text, file)]).toEqual([file, []]);
      }
    }
    const page = await context.newPage();
    await page.goto(`${estate.url}/timeline?${estate.question}`);
    const evidence = page.getByRole("region", { name: "Evidence", exact: true });
    if (role === "vendor") await page.waitForLoadState("networkidle");
    else await expect(evidence.getByRole("status")).toHaveText(/Complete|Not complete/, { timeout: 60_000 });
    const shown = await page.content();
    expect(leaks(role, shown)).toEqual([]);
    if (role === "engineer") expect(shown).toContain("zq");
    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.title]),
    );
    expect(canariesIn(stored).size).toBe(0);
    await context.close();
  });
}
