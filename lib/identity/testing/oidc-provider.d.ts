/** `oidc-provider` 9 ships no types; this is as much of it as the sign-in test uses. */
declare module "oidc-provider" {
  import type { RequestListener } from "node:http";

  interface Account {
    readonly accountId: string;
    claims(): object;
  }
  interface Settings {
    readonly findAccount: (context: unknown, id: string) => Account;
    readonly [setting: string]: unknown;
  }
  export default class Provider {
    constructor(issuer: string, settings: Settings);
    callback(): RequestListener;
  }
}
