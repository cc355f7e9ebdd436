/** Debian's Prometheus and Alertmanager as child processes of a test, on free ports and in a folder that is gone afterwards. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";

export const PROMETHEUS = "/usr/bin/prometheus";
export const ALERTMANAGER = "/usr/bin/prometheus-alertmanager";
const DEADLINE_MS = 60_000;

/**
 * Whether a test of real programs has to be left out, said in one line. Never when REQUIRE_REAL_SERVERS is set: then what is
 * missing fails the test.
 */
export function realProgramsAreMissing(
  test: string,
  programs: readonly string[] = [PROMETHEUS, ALERTMANAGER],
): boolean {
  const missing = programs.filter((program) => !existsSync(program));
  // eslint-disable-next-line no-restricted-properties -- a variable of the tests, not a setting of the product
  if (missing.length === 0 || process.env["REQUIRE_REAL_SERVERS"] === "1") return false;
  process.stderr.write(
    `${test}: skipped, not installed: ${missing.join(", ")} (apt install prometheus prometheus-alertmanager poppler-utils)\n`,
  );
  return true;
}

/** Emits `error` when the program is not there. */
export function startProgram(program: string, cwd: string, flags: readonly string[]): ChildProcess {
  return spawn(program, flags, { cwd, stdio: "ignore" });
}

export function stopProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenLocally(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function listenLocally(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

/** Asks again until the answer is wanted or too much time has gone; the last answer is what the test then judges. */
export async function until<T>(read: () => Promise<T> | T, isWanted: (value: T) => boolean): Promise<T> {
  const deadlineAtMs = Date.now() + DEADLINE_MS;
  for (;;) {
    const value = await read();
    if (isWanted(value) || Date.now() > deadlineAtMs) return value;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
