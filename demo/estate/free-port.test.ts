import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { choosePort } from "./free-port";

const HOST = "127.0.0.1";
const held: Server[] = [];

function holdPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, HOST, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
    held.push(server);
  });
}

afterEach(() => {
  for (const server of held.splice(0)) server.close();
});

describe("choosePort", () => {
  it("refuses a named port that is in use, and says which", async () => {
    const busy = await holdPort();
    await expect(choosePort(String(busy), HOST)).rejects.toThrow(`Port ${busy} is in use`);
  });

  it("finds a port when none is named", async () => {
    for (const named of [undefined, "", "0"]) {
      expect((await choosePort(named, HOST)).port).toBeGreaterThan(0);
    }
  });

  it("refuses what is not a port number", async () => {
    for (const named of ["http", "-1", "70000", "30.5"]) {
      await expect(choosePort(named, HOST)).rejects.toThrow("PORT");
    }
  });
});
