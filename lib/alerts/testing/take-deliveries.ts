/**
 * A receiver that may be killed at any moment: stores calls one by one, says so on standard output, and works them off
 * beside that. Arguments: database URL, folder, file with one call a line, index of the first call.
 */
import { readFileSync } from "node:fs";
import { openStore } from "@/lib/store/open-store";
import { drainDeliveries } from "../delivery-worker";

const [databaseUrl, dataDir = "", file = "", first = "0"] = process.argv.slice(2);
const keys = { current: Buffer.alloc(32, 1), previous: [] };
const store = await openStore({ databaseUrl, dataDir, keys });
const calls = readFileSync(file, "utf8").trimEnd().split("\n");
for (let index = Number(first); index < calls.length; index += 1) {
  const { source, body, at } = JSON.parse(calls[index] ?? "") as { source: string; body: string; at: string };
  await store.deliveries.record({ kind: "alertmanager", source, body: Buffer.from(body), receivedAt: new Date(at) });
  process.stdout.write(`${String(index)}\n`);
  if (index % 7 === 0) await drainDeliveries(store);
}
await drainDeliveries(store);
await store.close();
