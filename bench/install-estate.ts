/** The product's own readers ask the installation who calls whom: the demo's estate answers. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { MONTH_SERVICES } from "@/demo/months/estate";
import { configuration } from "@/lib/config/load-configuration";

/** Before anything else asks for the configuration, which is read once per process. */
export function installEstate(): void {
  const folder = mkdtempSync(path.join(os.tmpdir(), "throughline-bench-"));
  const file = path.join(folder, "throughline.yaml");
  const services = MONTH_SERVICES.map(({ name, displayName, team, calls }) => {
    return { name, displayName, owner: team, calls };
  });
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ services }));
  process.env.THROUGHLINE_CONFIG = file;
  const { services: known } = configuration();
  rmSync(folder, { recursive: true });
  if (known.length === 0) throw new Error("another configuration was read before this one");
}
