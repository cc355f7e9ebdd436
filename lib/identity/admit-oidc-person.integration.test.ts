import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { admitOidcPerson } from "./admit-oidc-person";

const settings = { groupsClaim: "groups", teamsClaim: "squads", roles: [{ group: "sre", role: "engineer" }] };
const squads = (count: number) => Array.from({ length: count }, (_, n) => `squad-${String(n)}`);

describe.each(testDatabases())("teams of an identity provider on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let store: Store;
  beforeAll(async () => {
    fresh = await database.create();
    store = await openStore(fresh.settings);
  });
  afterAll(async () => {
    await store?.close();
    await fresh?.remove();
  });

  const signIn = (sub: string, count: number) => {
    const claims = { sub, email: `${sub}@example.test`, email_verified: true, groups: ["sre"], squads: squads(count) };
    return admitOidcPerson({ claims, issuer: "https://idp.example", settings }, store);
  };

  it("that are too many for a person are on record: how many were taken over, of how many", async () => {
    const user = await signIn("many", 130);
    expect(user?.teams).toEqual(squads(100));
    const [entry] = await store.audit.latest(1);
    expect(entry).toMatchObject({
      ...{ action: "session.teams-left-out", actor: user?.id, detail: { shown: 100, total: 130 } },
    });
  });

  it("are taken over in silence when they are all taken over", async () => {
    const head = await store.audit.head();
    expect((await signIn("few", 100))?.teams).toHaveLength(100);
    expect(await store.audit.head()).toEqual(head);
  });
});
