/** Which port the demo's page listens on. */
import { createServer } from "node:net";

export const DEFAULT_PORT = 3000;

export interface ChosenPort {
  readonly port: number;
  /** Said to the person when the usual port was taken. */
  readonly remark?: string;
}

/**
 * A named port must be free, else this throws: somebody relies on it. Without one (absent, empty or 0) the usual port
 * is tried, then any free one.
 */
export async function choosePort(named: string | undefined, host: string): Promise<ChosenPort> {
  const text = named?.trim() ?? "";
  const wanted = text === "" ? 0 : Number(text);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) {
    throw new Error("PORT: expected a port number from 0 to 65535");
  }
  if (wanted > 0) {
    if (await isFree(wanted, host)) return { port: wanted };
    throw new Error(`Port ${wanted} is in use. Set PORT to a free port, or leave it out to let the demo choose one.`);
  }
  if (await isFree(DEFAULT_PORT, host)) return { port: DEFAULT_PORT };
  const port = await anyFreePort(host);
  return { port, remark: `Port ${DEFAULT_PORT} is in use, so the demo uses ${port}.` };
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

function anyFreePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
