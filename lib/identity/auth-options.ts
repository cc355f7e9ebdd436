/** The wiring of next-auth 4: sign-in by password or OpenID Connect, sessions as rows whose id is in an encrypted cookie. */
import "server-only";
import type { NextAuthOptions, Profile } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { JWT } from "next-auth/jwt";
import { z } from "zod";
import { configuration } from "@/lib/config/load-configuration";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { admitOidcPerson, oidcSubjectOf } from "./admit-oidc-person";
import { authCookies } from "./auth-cookies";
import { clientAddress } from "./client-address";
import { deviceName } from "./device-name";
import { provenAtOf } from "./oidc-claims";
import { OIDC_PROVIDER_ID, oidcProvider, type OidcClient } from "./oidc-provider";
import { openSession } from "./open-session";
import { authSecret, readSessionToken } from "./session-cookie";
import { sessionStanding } from "./session-principal";
import { SessionToken } from "./session-token";
import { signInWithPassword } from "./sign-in-with-password";
import { signOut } from "./sign-out";

const SignInForm = z.object({ email: z.string().min(1).max(254), password: z.string().min(1) });
const HOUR_SECONDS = 60 * 60;

/** Made per request: a module must not read the environment while Next builds, and a new session belongs to a browser. */
export function authOptions(headers: Headers): NextAuthOptions {
  const cookies = authCookies();
  const oidc = oidcClient();
  return {
    secret: authSecret(),
    session: { strategy: "jwt", maxAge: env().SESSION_HOURS * HOUR_SECONDS },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    useSecureCookies: cookies.sessionToken.options.secure ?? false,
    cookies,
    providers: [passwordProvider(headers), ...(oidc ? [oidcProvider(oidc)] : [])],
    callbacks: {
      async signIn({ account, profile }) {
        if (account?.provider !== OIDC_PROVIDER_ID) return true;
        if (!oidc || !profile) return false;
        const person = { claims: { ...profile }, issuer: oidc.issuer, settings: configuration().oidc };
        return (await admitOidcPerson(person, await store())) !== null;
      },
      async jwt({ token, account, profile }) {
        if (!account) return keepSession(token);
        return beginSession(account.provider, account.providerAccountId, profile, headers);
      },
      session: async ({ session, token }) => ({ ...session, user: await publicUser(token) }),
    },
    events: { signOut: async ({ token }) => signOut(token, await store(), new Date()) },
    // Codes only: their metadata can hold tokens and what an identity provider said.
    logger: {
      error: (code) => log("identity").warn({ code }, "sign-in failed"),
      warn: (code) => log("identity").warn({ code }, "sign-in warning"),
      debug: () => undefined,
    },
  };
}

/** The identity provider of the environment; null when none is configured. */
function oidcClient(): OidcClient | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = env();
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  return { issuer, clientId, clientSecret, name, maxAgeSeconds: Math.ceil(env().SESSION_HOURS * HOUR_SECONDS) };
}

function passwordProvider(headers: Headers) {
  return Credentials({
    name: "Password",
    credentials: { email: { label: "E-mail", type: "email" }, password: { label: "Password", type: "password" } },
    async authorize(input) {
      const form = SignInForm.safeParse(input);
      if (!form.success) return null;
      const attempt = { ...form.data, address: clientAddress(headers) };
      const user = await signInWithPassword(attempt, await store(), new Date());
      return user && { id: user.id };
    },
  });
}

/** The first content of the cookie. next-auth calls this only after `signIn` said yes. */
async function beginSession(
  provider: string,
  accountId: string,
  profile: Profile | undefined,
  headers: Headers,
): Promise<JWT> {
  const opened = await store();
  const client = provider === OIDC_PROVIDER_ID ? oidcClient() : null;
  const user = client
    ? await opened.users.findByOidcSubject(oidcSubjectOf(client.issuer, accountId))
    : await opened.users.findById(accountId);
  if (!user || user.disabledAt !== null) throw new Error("the person who signed in is gone");
  const signIn = {
    user,
    via: client ? ("oidc" as const) : ("password" as const),
    provenAt: client ? provenAtOf({ ...profile }) : undefined,
    device: deviceName(headers.get("user-agent")),
    former: await readSessionToken(headers.get("cookie")),
  };
  return { ...(await openSession(signIn, opened, new Date())) };
}

/** Throwing is how next-auth 4 learns that a session ended: it then answers "nobody" and clears the cookie. */
async function keepSession(token: JWT): Promise<JWT> {
  await liveUser(token);
  return token;
}

/** All that `/api/auth/session` tells a browser. */
async function publicUser(token: JWT) {
  const { id, name, email, role, roles } = await liveUser(token);
  return { id, name, email, role, roles };
}

async function liveUser(token: JWT): Promise<User> {
  const standing = await sessionStanding(SessionToken.parse(token), new Date());
  if (!standing) throw new Error("the session has ended");
  return standing.stored.user;
}
