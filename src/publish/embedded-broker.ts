import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Aedes } from 'aedes';
import { messageOf } from '../errors.ts';

export interface EmbeddedBroker {
  /** For clients on this machine. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * An MQTT 3.1.1 broker inside this process, for a site that has none (docs/decisions/0002).
 * Port 0 takes any free one. What it retains lives in memory.
 * @throws Error when the port cannot be had
 */
export async function startEmbeddedBroker({
  host,
  port,
}: {
  host: string;
  port: number;
}): Promise<EmbeddedBroker> {
  const aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle);
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    aedes.close();
    throw new Error(
      `the embedded MQTT broker cannot listen on ${host} port ${port} (${messageOf(error)}); ` +
        'choose another port, or use the broker that has this one',
      { cause: error },
    );
  }
  const address = addressOf(server.address());
  return {
    url: `mqtt://${reachableHost(host)}:${address.port}`,
    port: address.port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      await new Promise<void>((resolve) => aedes.close(resolve));
      await closed;
    },
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string')
    throw new Error('the embedded MQTT broker has no port');
  return address;
}

/** A broker that listens on all addresses is reached through the loopback one. */
export function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
