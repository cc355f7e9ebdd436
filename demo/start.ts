/**
 * `npm run demo`: the five backends with their story, and the product pointed at them as any user would point it.
 * `-- --json` prints one line `{url, accounts, tokens, keys}` on standard output once everything answers.
 * PORT: the page (3000, or a free port when that is taken). DATA_DIR: kept; without it a new temporary folder is used
 * and removed at the end. HOST: address to listen on (127.0.0.1, because the demo's passwords are public).
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { announceAsJson, announceAsText, DEMO_KEYS } from "./estate/announce";
import { AppProcess } from "./estate/app-process";
import { demoAccounts } from "./estate/demo-accounts";
import { choosePort } from "./estate/free-port";
import { runNode } from "./estate/run-node";
import { startBackends, type Estate } from "./estate/start-backends";
import { waitUntilAnswers } from "./estate/wait-until-answers";
import { configurationFile } from "./estate/write-configuration";
import { hookOf, makeHooks } from "./estate/demo-hooks";
import { playMonths } from "./estate/play-months";
import { ProductDoor } from "./estate/product-door";
import { Conductor } from "./story/conduct-story";
import { planStory } from "./story/story-plan";

const ROOT = process.cwd();
const SEED = "throughline";
const READY_MS = 60_000;
const asJson = process.argv.includes("--json");
const stopping = new AbortController();
const hooks = makeHooks();
/** Undone in reverse order at the end. */
const undo: (() => void | Promise<void>)[] = [];

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
void main().catch((error: unknown) => {
  if (stopping.signal.aborted) return;
  say(error instanceof Error ? error.message : String(error));
  void stop(1);
});

async function main(): Promise<void> {
  const { signal } = stopping;
  const host = process.env["HOST"]?.trim() || "127.0.0.1";
  const { port, remark } = await choosePort(process.env["PORT"], host);
  if (remark) say(remark);
  await buildIfNeeded();
  const dataDir = prepareDataDir();
  const url = `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}`;
  const door = new ProductDoor(url, signal);
  const { configPath, sources } = await startEstate(dataDir, door);
  const env = appEnvironment({ PORT: String(port), HOST: host, DATA_DIR: dataDir, NEXTAUTH_URL: url, configPath });
  const app = new AppProcess(ROOT, env);
  undo.push(() => app.stop());
  void app.crashed.then((reason) => {
    say(reason);
    void stop(1);
  });
  await waitForApp(app, `${url}/api/readyz`);
  say("Creating the demo accounts …");
  const people = await demoAccounts(dataDir, { cwd: ROOT, env, signal }, Date.now());
  signal.throwIfAborted();
  await waitForApp(app, `${url}/api/v1/timeline?key=${encodeURIComponent(DEMO_KEYS[0])}`, people.tokens.engineer);
  rememberForCommands(url, people.tokens.engineer);
  const months = playMonths({ door, hooks, tokens: people.tokens, dataDir, seed: SEED, say, signal });
  // A program wants all of it at once; a person may look around meanwhile.
  if (asJson) await months;
  else months.catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
  const ready = asJson ? `${announceAsJson({ url, dataDir, sources }, people)}\n` : announceAsText(url, people);
  process.stdout.write(ready);
}

/** In a child, because a build blocks and Ctrl-C must not have to wait for it. */
async function buildIfNeeded(): Promise<void> {
  await runNode({ args: ["scripts/build.mjs"], cwd: ROOT, env: process.env, signal: stopping.signal }, "show");
}

/** Starts the backends, tells them the past, and goes on telling the present every second. */
async function startEstate(
  dataDir: string,
  door: ProductDoor,
): Promise<Pick<Estate, "sources"> & { readonly configPath: string }> {
  const estate = await startBackends(async (receiver, body) => {
    const status = await door.offer(hookOf(hooks, receiver), body);
    return status >= 200 && status < 300;
  });
  undo.push(() => estate.close());
  const conductor = new Conductor(planStory(SEED, Date.now()), estate.stage);
  conductor.playHistory();
  const tick = setInterval(() => {
    conductor.advanceTo(Date.now());
    // Ends with the app: what could not be told then needs nobody any more.
    void estate.notifier.tick(Date.now()).catch(() => undefined);
  }, 1_000);
  undo.push(() => clearInterval(tick));
  const configPath = path.join(dataDir, "throughline.yaml");
  const shop = readFileSync(path.join(ROOT, "demo/throughline.yaml"), "utf8");
  writeFileSync(configPath, configurationFile(shop, estate.sources, Object.values(hooks)), { mode: 0o600 });
  return { configPath, sources: estate.sources };
}

async function waitForApp(app: AppProcess, url: string, token?: string): Promise<void> {
  const { signal } = stopping;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  try {
    await waitUntilAnswers({ url, headers, timeoutMs: READY_MS, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(`${error instanceof Error ? error.message : ""}\nThe app's last lines:\n${app.lastLines()}`, {
      cause: error,
    });
  }
}

/** So that `npm run timeline -- order:48192` in another terminal finds the demo. Removed at the end. */
function rememberForCommands(url: string, token: string): void {
  const folder = path.resolve(process.env["DATA_DIR"]?.trim() || ".data");
  const file = path.join(folder, "command-line.json");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify({ url, token }), { mode: 0o600 });
  undo.push(() => rmSync(file, { force: true }));
}

interface AppSettings {
  readonly PORT: string;
  readonly HOST: string;
  readonly DATA_DIR: string;
  readonly NEXTAUTH_URL: string;
  readonly configPath: string;
}

/** Ours, without what the shell may hold for a real installation: the demo must never write into somebody's database. */
function appEnvironment({ configPath, ...settings }: AppSettings): NodeJS.ProcessEnv {
  const foreign = /^(LOKI|TEMPO|PROMETHEUS|ALERTMANAGER|SENTRY|OIDC|NEXTAUTH|THROUGHLINE|DATABASE)_/;
  const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(inherited),
    ...settings,
    NODE_ENV: "production",
    // Its people are made by command a moment later.
    SETUP_LINK: "off",
    THROUGHLINE_CONFIG: configPath,
  };
}

function prepareDataDir(): string {
  const named = process.env["DATA_DIR"]?.trim();
  if (named) {
    const folder = path.resolve(named);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), "throughline-demo-"));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let stopped: Promise<void> | undefined;

/** Ends everything once, however many signals arrive: a terminal's Ctrl-C reaches this process twice. */
function stop(code: number): Promise<void> {
  stopped ??= (async () => {
    stopping.abort();
    for (const step of undo.reverse()) {
      try {
        await step();
      } catch (error) {
        say(error instanceof Error ? error.message : String(error));
      }
    }
    process.exit(code);
  })();
  return stopped;
}

/** Remarks go to standard error: standard output belongs to the announcement. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
