import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A proxy between a host and a server, which a test can interrupt while the server goes on. */
export interface TcpProxy {
  readonly port: number;
  /** Breaks connections and refuses new ones. */
  cut(): Promise<void>;
  /** Keeps connections, but lets nothing through until `mend`, like a firewall that drops packets. */
  stall(): void;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let isStalled = false;
  let server: Server = createServer();
  let port = 0;

  async function listen(): Promise<void> {
    server = createServer((near) => {
      const far = connect(target);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        open.add(one);
        one.on('data', (data) => void other.write(data));
        if (isStalled) one.pause();
        one.on('error', () => {});
        one.on('close', () => {
          open.delete(one);
          other.destroy();
        });
      }
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  }

  async function cut(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const one of open) one.destroy();
    await closed;
  }

  await listen();
  return {
    get port() {
      return port;
    },
    cut,
    stall() {
      isStalled = true;
      for (const one of open) one.pause();
    },
    async mend() {
      isStalled = false;
      for (const one of open) one.resume();
      if (!server.listening) await listen();
    },
    close: cut,
  };
}
