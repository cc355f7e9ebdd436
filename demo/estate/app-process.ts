/** The product itself as a child: started like `npm start`, watched, and stopped within its grace time. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** Below the ten seconds that a person is promised, so that there is time left for the rest. */
const GRACE_MS = 8_000;
const REMEMBERED_LINES = 40;

export class AppProcess {
  private readonly child: ChildProcess;
  private readonly recent: string[] = [];
  private stopping = false;
  /** Settles with the reason when the app ends without being asked to. */
  readonly crashed: Promise<string>;

  constructor(root: string, env: NodeJS.ProcessEnv) {
    // The channel ends with this process, however it dies, and the app ends with the channel.
    this.child = spawn(process.execPath, ["scripts/start.mjs"], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on("data", (chunk: Buffer) => this.remember(chunk.toString()));
    }
    this.crashed = new Promise((resolve) => {
      this.child.once("error", (error) => resolve(`The app could not be started: ${error.message}`));
      this.child.once("exit", (code, signal) => {
        if (this.stopping) return;
        resolve(`The app stopped (${signal ?? `code ${code ?? "?"}`}). Its last lines:\n${this.recent.join("\n")}`);
      });
    });
  }

  lastLines(): string {
    return this.recent.join("\n");
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.child.exitCode !== null || this.child.signalCode !== null || this.child.pid === undefined) return;
    const gone = once(this.child, "exit");
    this.child.kill("SIGTERM");
    const force = setTimeout(() => this.child.kill("SIGKILL"), GRACE_MS);
    await gone;
    clearTimeout(force);
  }

  private remember(text: string): void {
    this.recent.push(...text.split("\n").filter((line) => line.trim() !== ""));
    if (this.recent.length > REMEMBERED_LINES) this.recent.splice(0, this.recent.length - REMEMBERED_LINES);
  }
}
