import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { Aedes } from 'aedes';
import { messageOf } from '../errors.ts';
import { createGroupedWarnings } from '../grouped-warnings.ts';
import type { Logger } from '../logger.ts';
import { type GuardSettings, guardBroker } from './embedded-broker-guard.ts';
import { limitPackets } from './packet-limit.ts';

export interface EmbeddedBroker {
  /** For clients on this machine. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface EmbeddedBrokerOptions extends GuardSettings {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly logger: Logger;
}

/** A request has at most 65,536 bytes; what controllers tell each other has room too. */
export const largestStrangersPacketBytes = 262_144;
/** Of a client that has not yet said who it is. */
const largestConnectBytes = 65_536;
const mostUnknown = 32;
const connectTimeoutMs = 5_000;
/** Messages of QoS 2 that a client has begun and not ended: they are kept in memory. */
const mostHalfSent = 20;

/**
 * An MQTT 3.1.1 broker inside this process, for a site that has none (docs/decisions/0002). What the daemon
 * has it retain lives in memory; the memory that other clients can take is bounded.
 * @throws Error when the port cannot be had
 */
export async function startEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<EmbeddedBroker> {
  const { host, port, account, logger } = options;
  const aedes = await Aedes.createBroker({
    connectTimeout: connectTimeoutMs,
    maxInflightInbound: mostHalfSent,
  });
  const guard = guardBroker(aedes, options, logger);
  const tooLarge = createGroupedWarnings(
    logger,
    'the embedded broker ends a connection: its packet is too large',
    'the embedded broker ends connections: their packets are too large',
  );
  const unknown = new Set<Duplex>();
  aedes.on('clientReady', ({ conn }) => void unknown.delete(conn));
  const server = createServer((socket) => {
    // The oldest goes, so that whoever says nothing keeps nobody else out, the daemon least of all.
    unknown.add(socket);
    socket.once('close', () => unknown.delete(socket));
    if (unknown.size > mostUnknown) [...unknown][0]?.destroy();
    const limit = (): number => {
      if (guard.isDaemon(client)) return Number.POSITIVE_INFINITY;
      return guard.isKnown(client) ? largestStrangersPacketBytes : largestConnectBytes;
    };
    limitPackets(socket, limit, (bytes) => {
      const facts = { client: client.id?.slice(0, 64), bytes, limitBytes: limit() };
      tooLarge.warn('packet too large', facts.client ?? '', facts);
    });
    const client = aedes.handle(socket);
  });
  if (account === null && !isLoopback(host)) {
    logger.warn(
      { host },
      'the embedded broker is open to the network without a password: whoever reaches it reads the results and ' +
        'sends commands; set mqtt.username and mqtt.passwordFile, or mqtt.host to 127.0.0.1',
    );
  }
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

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}
