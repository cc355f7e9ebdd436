/** `npm run keys`: seals stored values with the current key, and tells which key sealed what. */
import { installationKeys } from "@/lib/platform/installation-key";
import { OperatorError } from "@/lib/platform/operator-error";
import { sealKeyId } from "@/lib/platform/seal";
import type { Store } from "@/lib/store/open-store";
import { type CommandArguments, runCommand } from "./run-command";

const USAGE = `npm run keys -- status
npm run keys -- rotate [--stand-ins]

The current key is THROUGHLINE_KEY or the first line of the key file; former keys stand in THROUGHLINE_PREVIOUS_KEYS or
below it. "rotate" seals everything with the current key, also while the application runs, and may be run again.
--stand-ins also makes a new key for stand-ins: those in old links and exports are then found by their stored name only.
Restart every process afterwards.`;

await runCommand({
  usage: USAGE,
  options: { "stand-ins": { type: "boolean" } },
  actions: { status, rotate },
});

async function status(store: Store): Promise<void> {
  const { current, previous } = installationKeys();
  const names = new Map([
    ...previous.map((key, i) => [sealKeyId(key), `former ${String(i + 1)}`] as const),
    [sealKeyId(current), "current"],
  ]);
  for (const [keyId, name] of names) process.stdout.write(`${keyId}\t${name}\n`);
  for (const { place, values } of await store.keyRotation.use()) {
    const parts = [...values].map(([keyId, count]) => `${String(count)} by ${names.get(keyId) ?? "unknown"} ${keyId}`);
    process.stdout.write(`${place}\t${parts.join(", ") || "nothing stored"}\n`);
  }
}

async function rotate(store: Store, values: CommandArguments): Promise<void> {
  const standIns = values["stand-ins"] === true;
  const counts = await store.keyRotation.rotate();
  if (standIns) await store.lastingKeys.replace("pseudonym");
  for (const { place, current, moved, busy, locked } of counts) {
    const parts = [`${String(moved)} sealed anew`, `${String(current)} current`, `${String(busy)} busy`];
    process.stdout.write(`${place}\t${parts.join(", ")}, ${String(locked)} locked\n`);
  }
  const total = (part: "moved" | "busy" | "locked") => counts.reduce((sum, count) => sum + count[part], 0);
  const [moved, busy, locked] = [total("moved"), total("busy"), total("locked")];
  const detail = { keyId: sealKeyId(installationKeys().current), moved, busy, locked, standIns };
  await store.audit.append({ actor: "command", role: "none", action: "keys.rotate", detail });
  if (locked > 0) {
    throw new OperatorError("Some values open with no known key. Add the missing key to THROUGHLINE_PREVIOUS_KEYS.");
  }
  if (busy > 0) throw new OperatorError("Some values were being written. Run the command again.");
}
