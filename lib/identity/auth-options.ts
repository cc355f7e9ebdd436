/** The wiring of next-auth 4: sign-in by password or OpenID Connect, sessions in an encrypted cookie. */
import "server-only";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { JWT } from "next-auth/jwt";
import { z } from "zod";
import { configuration } from "@/lib/config/load-configuration";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { admitOidcPerson, oidcSubjectOf } from "./admit-oidc-person";
import { checkSession } from "./check-session";
import { OIDC_PROVIDER_ID, oidcProvider, type OidcClient } from "./oidc-provider";
import { authSecret, sessionCookie } from "./session-cookie";
import { SESSION_SECONDS, SessionToken } from "./session-token";
import { signInWithPassword } from "./sign-in-with-password";

const SignInForm = z.object({ email: z.string().min(1).max(254), password: z.string().min(1) });

/** Made per request, because it reads the environment, which a module must not do while Next builds. */
export function authOptions(): NextAuthOptions {
  const cookie = sessionCookie();
  const oidc = oidcClient();
  return {
    secret: authSecret(),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    useSecureCookies: cookie.secure,
    cookies: {
      sessionToken: {
        name: cookie.name,
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: cookie.secure },
      },
    },
    providers: [passwordProvider(), ...(oidc ? [oidcProvider(oidc)] : [])],
    callbacks: {
      async signIn({ account, profile }) {
        if (account?.provider !== OIDC_PROVIDER_ID) return true;
        if (!oidc || !profile) return false;
        const person = { claims: { ...profile }, issuer: oidc.issuer, settings: configuration().oidc };
        return (await admitOidcPerson(person, await store())) !== null;
      },
      async jwt({ token, account }) {
        return account ? openSession(account.provider, account.providerAccountId) : keepSession(token);
      },
      session: async ({ session, token }) => ({ ...session, user: await publicUser(token) }),
    },
    // Codes only: their metadata can hold tokens and what an identity provider said.
    logger: {
      error: (code) => log("identity").warn({ code }, "sign-in failed"),
      warn: (code) => log("identity").warn({ code }, "sign-in warning"),
      debug: () => undefined,
    },
  };
}

/** The identity provider of the environment; null when none is configured. */
export function oidcClient(): OidcClient | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = env();
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  return { issuer, clientId, clientSecret, name };
}

function passwordProvider() {
  return Credentials({
    name: "Password",
    credentials: { email: { label: "E-mail", type: "email" }, password: { label: "Password", type: "password" } },
    async authorize(input) {
      const form = SignInForm.safeParse(input);
      if (!form.success) return null;
      const user = await signInWithPassword(form.data, await store(), new Date());
      return user && { id: user.id };
    },
  });
}

/** The first content of the cookie. next-auth calls this only after `signIn` said yes. */
async function openSession(provider: string, accountId: string): Promise<JWT> {
  const { users } = await store();
  const client = oidcClient();
  const user =
    provider === OIDC_PROVIDER_ID && client
      ? await users.findByOidcSubject(oidcSubjectOf(client.issuer, accountId))
      : await users.findById(accountId);
  if (!user) throw new Error("the person who signed in is gone");
  return { sub: user.id, sessionVersion: user.sessionVersion, signedInAt: Math.floor(Date.now() / 1000) };
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
  const session = SessionToken.parse(token);
  const { users } = await store();
  const user = await users.findById(session.sub);
  if (!user || !checkSession(session, user, new Date())) throw new Error("the session has ended");
  return user;
}
