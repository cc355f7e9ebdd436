/** Whoever loses their standing is refused at the next request, and what they have open ends within five seconds. */
import { expect, test } from "@playwright/test";
import { demo } from "../support/demo";
import { type LiveStream, openLiveStream } from "../support/live-stream";
import { aPerson, runCommand } from "../support/run-command";

const PROMISED_MS = 5_000;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

test("revoking a token, a demotion, signing out and disabling end what is open, and nothing else", async () => {
  test.setTimeout(240_000);
  const person = await aPerson("engineer,support");
  const token = await runCommand("token", "create", "--email", person.email, "--role", "engineer");
  const untouched = await openLiveStream(bearer(demo().tokens.engineer));
  const session = await signInByForm(person);

  const [byToken, bySession] = [await openLiveStream(bearer(token)), await openLiveStream(session)];
  const list = await runCommand("token", "list", "--email", person.email);
  await runCommand("token", "revoke", "--id", list.split("\t")[0] ?? "");
  await expectEnd(byToken, "the revoked token's");
  expect(await statusOf(bearer(token))).toBe(401);
  expect(bySession.isOpen()).toBe(true);

  await runCommand("user", "role", "--email", person.email, "--role", "support");
  await expectEnd(bySession, "the demoted engineer's");
  expect(await statusOf(session)).toBe(200);

  const asSupport = await openLiveStream(session);
  const other = await signInByForm(person);
  const elsewhere = await openLiveStream(other);
  await signOutByForm(session);
  await expectEnd(asSupport, "the signed-out session's");
  expect(await statusOf(session)).toBe(401);
  expect(elsewhere.isOpen()).toBe(true);

  await runCommand("user", "disable", "--email", person.email);
  await expectEnd(elsewhere, "the disabled person's");
  expect(await statusOf(other)).toBe(401);

  expect(untouched.isOpen()).toBe(true);
  untouched.close();
});

async function expectEnd(stream: LiveStream, whose: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${whose} stream is still open after five seconds`)), PROMISED_MS);
  });
  await Promise.race([stream.ended, late]);
  clearTimeout(timer);
}

async function statusOf(headers: Record<string, string>): Promise<number> {
  const response = await fetch(`${demo().url}/api/v1/timeline?key=order:48192&from=now-5m`, { headers });
  await response.arrayBuffer();
  return response.status;
}

interface Csrf {
  readonly csrfToken: string;
  readonly cookie: string;
}

async function csrfOf(cookie = ""): Promise<Csrf> {
  const response = await fetch(`${demo().url}/api/auth/csrf`, { headers: { cookie } });
  const { csrfToken }: { csrfToken: string } = await response.json();
  return { csrfToken, cookie: cookiesOf(response) };
}

/** The session's cookie, as any HTTP client could send it. */
async function signInByForm(person: { email: string; password: string }): Promise<{ cookie: string }> {
  const { csrfToken, cookie } = await csrfOf();
  const body = new URLSearchParams({ ...person, csrfToken, json: "true" });
  const url = `${demo().url}/api/auth/callback/credentials`;
  const response = await fetch(url, { method: "POST", body, headers: { cookie } });
  expect(response.status).toBe(200);
  return { cookie: cookiesOf(response) };
}

async function signOutByForm(session: { cookie: string }): Promise<void> {
  const { csrfToken, cookie } = await csrfOf();
  const body = new URLSearchParams({ csrfToken, json: "true" });
  const headers = { cookie: `${cookie}; ${session.cookie}` };
  const response = await fetch(`${demo().url}/api/auth/signout`, { method: "POST", body, headers });
  expect(response.headers.get("clear-site-data")).toBe('"cache", "storage"');
}

function cookiesOf(response: Response): string {
  const pairs = response.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
  return pairs.filter((pair) => !pair.endsWith("=")).join("; ");
}
