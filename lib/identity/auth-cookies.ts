/**
 * The cookies of next-auth under our own names. With https all carry `__Host-`: a neighbour on a sister domain can then
 * neither plant nor replace one. `lax`, because the identity provider leads back here from its own site.
 */
import "server-only";
import type { CookiesOptions } from "next-auth";
import { sessionCookie } from "./session-cookie";

/** A sign-in at the identity provider may take so long. */
const ROUND_TRIP_SECONDS = 15 * 60;

export function authCookies(): CookiesOptions {
  const { name: session, secure } = sessionCookie();
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
  const named = (name: string) => (secure ? `__Host-throughline.${name}` : `throughline.${name}`);
  const roundTrip = { ...options, maxAge: ROUND_TRIP_SECONDS };
  return {
    sessionToken: { name: session, options },
    callbackUrl: { name: named("callback"), options },
    csrfToken: { name: named("csrf"), options },
    pkceCodeVerifier: { name: named("pkce"), options: roundTrip },
    state: { name: named("state"), options: roundTrip },
    nonce: { name: named("nonce"), options: roundTrip },
  };
}
