/** Who guesses is counted by the other end of the connection. What a client writes about itself changes nothing. */
import { request as httpRequest } from "node:http";
import { expect, test } from "@playwright/test";
import { demo } from "../support/demo";

/** An address of this machine that no other test calls from, so that no other test is shut out. */
const GUESSER = "127.0.0.2";
const NEIGHBOUR = "127.0.0.3";

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

function guess(localAddress: string, headers: Record<string, string>): Promise<Answer> {
  const options = { localAddress, headers: { ...headers, authorization: "Bearer tl_a-guess" } };
  return new Promise((resolve, reject) => {
    const asked = httpRequest(`${demo().url}/api/v1/tokens`, options, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"] });
    });
    asked.once("error", reject);
    asked.end();
  });
}

test("a guesser is stopped however they call themselves, and their neighbour is not", async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 150; n += 1) {
    const name = `203.0.113.${String(n)}`;
    const headers = {
      "x-forwarded-for": name,
      "x-throughline-peer": name,
      forwarded: `for=${name}`,
      "x-real-ip": name,
    };
    const { status, retryAfter } = await guess(GUESSER, headers);
    statuses.push(status);
    if (status === 429) expect(Number(retryAfter)).toBeGreaterThan(0);
  }
  expect(statuses[0]).toBe(401);
  expect(statuses.at(-1)).toBe(429);
  expect((await guess(NEIGHBOUR, {})).status).toBe(401);
});
