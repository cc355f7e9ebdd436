// The production server: builds if needed, then runs .next/standalone/server.js in this process.
// Settings are the environment of docs/configuration.md; HOST is the address to listen on (0.0.0.0 by default).
import { createServer } from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt, standalone } from "./build.mjs";

const port = readPort();
const host = process.env.HOST || "0.0.0.0";

try {
  await ensureBuilt();
  await refuseBusyPort();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

Object.assign(process.env, {
  NODE_ENV: "production",
  PORT: String(port),
  // Next listens on HOSTNAME, which containers set to their own name: that would shut out the loopback address.
  HOSTNAME: host,
  NEXT_TELEMETRY_DISABLED: "1",
  // The server changes its working folder to .next/standalone, so relative paths are settled here.
  DATA_DIR: path.resolve(process.env.DATA_DIR || ".data"),
});
if (process.env.THROUGHLINE_CONFIG) process.env.THROUGHLINE_CONFIG = path.resolve(process.env.THROUGHLINE_CONFIG);

// Without a public address, sign-in redirects follow the Host header instead of next-auth's fixed localhost:3000.
if (!process.env.NEXTAUTH_URL) process.env.AUTH_TRUST_HOST ||= "true";

// A launcher that started this server over a channel takes it along when it dies, whatever killed it.
if (process.channel) {
  process.channel.unref();
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
}

await import(pathToFileURL(path.join(standalone, "server.js")).href);

function readPort() {
  const text = process.env.PORT?.trim() || "3000";
  const number = Number(text);
  if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
  process.stderr.write(`PORT: expected a port number from 1 to 65535, got ${JSON.stringify(text)}\n`);
  return process.exit(1);
}

function refuseBusyPort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) =>
      reject(
        error.code === "EADDRINUSE"
          ? new Error(`Port ${port} is in use. Set PORT to a free port, or stop the program that uses it.`)
          : new Error(`Cannot listen on ${host}:${port}: ${error.code ?? error.message}`),
      ),
    );
    probe.listen(port, host, () => probe.close(resolve));
  });
}
