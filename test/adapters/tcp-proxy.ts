import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A link between a client and a server on loopback that can fail in the ways of a network. */
export interface TcpProxy {
  readonly port: number;
  /** Cuts every connection once the server has sent this many bytes more. */
  readonly cutAfter: (bytes: number) => void;
  /** Nothing passes any more, and nobody is told: a half-open link. New connections are well. */
  readonly freeze: () => void;
  readonly connections: () => number;
  readonly close: () => void;
}

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  let left = Number.POSITIVE_INFINITY;
  let accepted = 0;
  const pairs = new Set<{ client: Socket; server: Socket; isFrozen: boolean }>();
  const listener = createServer((client) => {
    accepted += 1;
    const server = connect(targetPort, "127.0.0.1");
    const pair = { client, server, isFrozen: false };
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    client.on("data", (chunk) => {
      if (!pair.isFrozen) server.write(chunk);
    });
    server.on("data", (chunk) => {
      if (pair.isFrozen) return;
      left -= chunk.length;
      if (left >= 0) {
        client.write(chunk);
        return;
      }
      left = Number.POSITIVE_INFINITY;
      end();
    });
    for (const socket of [client, server]) socket.on("error", end).on("close", () => (pair.isFrozen ? undefined : end()));
  }).listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("expected a port");
  return {
    port: address.port,
    cutAfter: (bytes) => {
      left = bytes;
    },
    freeze: () => {
      for (const pair of pairs) pair.isFrozen = true;
    },
    connections: () => accepted,
    close: () => {
      for (const { client, server } of pairs) {
        client.destroy();
        server.destroy();
      }
      listener.close();
    },
  };
}
