/** The OpenID Connect provider for next-auth 4, for any conforming server (tried against `oidc-provider` 9). */
import "server-only";
import type { OAuthConfig } from "next-auth/providers/oauth";

export const OIDC_PROVIDER_ID = "oidc";

export interface OidcClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the sign-in button says. */
  readonly name: string;
}

export function oidcProvider({
  issuer,
  clientId,
  clientSecret,
  name,
}: OidcClient): OAuthConfig<Record<string, unknown>> {
  return {
    id: OIDC_PROVIDER_ID,
    name,
    type: "oauth",
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    authorization: { params: { scope: "openid email profile" } },
    // Without idToken a conforming server's answer is refused ("id_token detected").
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    userinfo: {
      // Conforming servers put only `sub` into the ID token; address, name and groups come from userinfo.
      async request({ client, tokens }) {
        if (tokens.access_token === undefined) throw new Error("the identity provider gave no access token");
        const userinfo = await client.userinfo(tokens.access_token);
        return { ...idTokenClaims(tokens), ...userinfo };
      },
    },
    profile: (claims) => ({ id: String(claims.sub) }),
  };
}

/** At run time `tokens` is an openid-client TokenSet, whose `claims()` next-auth's type does not show. */
function idTokenClaims(tokens: object): object {
  if (!("claims" in tokens) || typeof tokens.claims !== "function") return {};
  const claims: unknown = tokens.claims();
  return typeof claims === "object" && claims !== null ? claims : {};
}
