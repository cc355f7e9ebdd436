/** The OpenID Connect provider for next-auth 4, for any conforming server (tried against `oidc-provider` 9). */
import "server-only";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";

export const OIDC_PROVIDER_ID = "oidc";

export interface OidcClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the sign-in button says. */
  readonly name: string;
  /** The oldest proof that a sign-in may rest on. */
  readonly maxAgeSeconds: number;
}

export function oidcProvider({
  issuer,
  clientId,
  clientSecret,
  name,
  maxAgeSeconds,
}: OidcClient): OAuthConfig<Record<string, unknown>> {
  return {
    id: OIDC_PROVIDER_ID,
    name,
    type: "oauth",
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    // With max_age a conforming server must say when the person last proved who they are (OIDC Core 1.0 §3.1.2.1): without
    // it one that remembers them could not be told from one that asked.
    authorization: { params: { scope: "openid email profile", max_age: maxAgeSeconds } },
    // Without idToken a conforming server's answer is refused ("id_token detected").
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    userinfo: {
      // Conforming servers put only `sub` into the ID token; address, name and groups come from userinfo.
      async request({ client, tokens }) {
        if (tokens.access_token === undefined) throw new Error("the identity provider gave no access token");
        const userinfo = await client.userinfo(tokens.access_token);
        const signed = idTokenClaims(tokens);
        // OIDC Core 1.0 §5.3.2: userinfo of another subject must not be used.
        if (signed.sub !== userinfo.sub) throw new Error("userinfo is about somebody else");
        return { ...userinfo, ...signed };
      },
    },
    profile: (claims) => ({ id: String(claims.sub) }),
  };
}

/** At run time `tokens` is an openid-client TokenSet, whose `claims()` next-auth's type does not show. */
function idTokenClaims(tokens: object): Readonly<Record<string, unknown>> & { readonly sub: string } {
  const claims: unknown = "claims" in tokens && typeof tokens.claims === "function" ? tokens.claims() : undefined;
  return IdTokenClaims.parse(claims);
}

const IdTokenClaims = z.looseObject({ sub: z.string() });
