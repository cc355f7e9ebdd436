// Fails when README or docs name a file of this repository that does not exist.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./support/run-check.mjs";

const documents = [
  "README.md",
  ...readdirSync(path.join(root, "docs"), { recursive: true }).map((name) => path.join("docs", name)),
].filter((name) => name.endsWith(".md") && existsSync(path.join(root, name)));

const ROOTS = /^(?:app|components|lib|prisma|public|e2e|demo|bench|docs|scripts|\.ci)\//;
const missing = [];
for (const document of documents) {
  const text = readFileSync(path.join(root, document), "utf8");
  for (const match of text.matchAll(/\]\(([^)#\s]+)[^)]*\)|`([^`\s]+)`/g)) {
    const [, link, code] = match;
    if (link !== undefined && !/^[a-z]+:/.test(link) && !existsSync(path.resolve(root, path.dirname(document), link))) {
      missing.push(`${document}: ${link}`);
    }
    if (code !== undefined && ROOTS.test(code) && !/[*{}<>…]|\.\.\./.test(code) && !existsSync(path.join(root, code))) {
      missing.push(`${document}: ${code}`);
    }
  }
}
for (const line of missing) console.log(line);
console.log(`${documents.length} documents, ${missing.length} dead paths`);
process.exit(missing.length === 0 ? 0 : 1);
