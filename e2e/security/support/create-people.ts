/** One person per role named on the command line, each with a token; prints `{role: token}`. One process, for starting one takes long. */
import { Role } from "@/lib/domain/role";
import { issueToken } from "@/lib/identity/api-tokens";
import { createPerson } from "@/lib/identity/create-person";
import { env } from "@/lib/platform/env";
import { openStore } from "@/lib/store/open-store";

const [password = "", ...roles] = process.argv.slice(2);
const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = env();
const store = await openStore({ databaseUrl, dataDir, throughRunningProcess: true });
const tokens: Record<string, string> = {};
for (const name of roles) {
  const role = Role.parse(name);
  const person = { email: `${role}@security.example`, name: `A ${role}`, roles: [role] as const, teams: [], password };
  const owner = await createPerson(person, store);
  const { text } = await issueToken({ owner, actor: "command", name: "tests", role, days: 2 }, store, new Date());
  tokens[role] = text;
}
await store.close();
process.stdout.write(`${JSON.stringify(tokens)}\n`);
