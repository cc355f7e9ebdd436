/** In front of next-auth: how many passwords one network address may try, over all accounts together. */
import "server-only";
import { clientAddress } from "./client-address";
import { takeToken } from "./rate-limit";

/**
 * Takes one try for a sign-in by password; every other request passes. `segments` are the parts of the path as next-auth reads
 * them, however they were spelled. Throws `ProblemError("rate-limited")`, whether the account exists, is locked, or the
 * password is right.
 */
export async function passSignInGate(request: Request, segments: readonly string[]): Promise<void> {
  if (request.method !== "POST" || segments[0] !== "callback" || segments[1] !== "credentials") return;
  await takeToken("sign-in-address", clientAddress(request.headers));
}
