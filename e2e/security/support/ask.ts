/** Asks the app as a role, by its token or its session. */
import type { Browser, BrowserContext } from "@playwright/test";
import { PASSWORD, type Estate } from "./estate";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export async function ask(
  estate: Estate,
  role: string | undefined,
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<Answer> {
  const token = role === undefined ? undefined : estate.tokens[role];
  const response = await fetch(`${estate.url}${path.replace("{question}", estate.question)}`, {
    method: init.method ?? "GET",
    redirect: "manual",
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(init.body === undefined ? {} : { "content-type": "application/json" }),
      ...init.headers,
    },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** A browser of its own for the role, signed in through the page. */
export async function signedIn(browser: Browser, estate: Estate, role: string): Promise<BrowserContext> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${estate.url}/sign-in`);
  await page.getByLabel("E-mail").fill(`${role}@security.example`);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`${estate.url}/`);
  await page.close();
  return context;
}

/** The same question from a browser's session. */
export async function fromSession(
  context: BrowserContext,
  estate: Estate,
  path: string,
  init: { readonly method: string; readonly body?: unknown; readonly csv?: string; readonly address?: string },
): Promise<Answer> {
  const [type, data] =
    init.csv === undefined ? ["application/json", JSON.stringify(init.body)] : ["text/csv", init.csv];
  const response = await context.request.fetch(`${estate.url}${path.replace("{question}", estate.question)}`, {
    method: init.method,
    maxRedirects: 0,
    headers: {
      origin: estate.url,
      ...(data !== undefined && { "content-type": type }),
      ...(init.address !== undefined && { "x-forwarded-for": init.address }),
    },
    ...(data !== undefined && { data }),
  });
  return { status: response.status(), headers: new Headers(response.headers()), text: await response.text() };
}

/** Without what differs from one request to the next: ids of requests, nonces, measured times. */
export function steady(text: string): string {
  return text
    .replaceAll(/"requestId":"[^"]*"/g, '"requestId":""')
    .replaceAll(/"elapsedMs":\d+/g, '"elapsedMs":0')
    .replaceAll(/nonce(=|\\?":\\?)"?[A-Za-z0-9+/=\\]+"?/g, "nonce");
}
