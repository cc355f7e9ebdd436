import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** What an installation leaves on its disk, as bytes: of the embedded database more than any dump of it holds. */
export function storedFiles(dataDir: string): readonly string[] {
  return readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(yaml|log)$/.test(entry.name))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "latin1"));
}
