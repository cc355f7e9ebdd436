/** Runs one of the project's own programs to its end, as a person at a terminal would. */
import { spawn } from "node:child_process";

export interface NodeProgram {
  /** Script and its arguments, relative to `cwd`. */
  readonly args: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Written to its standard input, which is then closed. */
  readonly input?: string;
  readonly signal: AbortSignal;
}

/**
 * Standard output of a program that succeeded; throws with everything it printed when it fails. What it says on standard
 * error is passed on as it comes when `progress` is set.
 */
export function runNode(program: NodeProgram, progress: "show" | "hide" = "hide"): Promise<string> {
  return new Promise((resolve, reject) => {
    const { args, cwd, env, signal } = program;
    const child = spawn(process.execPath, args, { cwd, env, signal, stdio: ["pipe", "pipe", "pipe"] });
    let output = "";
    let complaint = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => {
      if (progress === "show") process.stderr.write(chunk);
      else complaint += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) return resolve(output);
      reject(new Error(`${args.slice(0, 3).join(" ")} failed\n${(complaint + output).trimEnd()}`.trimEnd()));
    });
    // A program that ends without reading must not take the demo down with it.
    child.stdin.on("error", () => undefined);
    child.stdin.end(program.input ?? "");
  });
}
