import { readFileSync } from 'node:fs';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Broker, BrokerMessage } from './broker.ts';
import { createSubscriptions } from './mqtt-subscriptions.ts';

export interface BrokerOptions {
  /** `mqtt://` or `mqtts://` (also `ws://`, `wss://`), host and port. */
  readonly url: string;
  /** 5, or 4 for MQTT 3.1.1, which is what the embedded broker speaks. */
  readonly protocol: 5 | 4;
  /** Unique at the broker: a second client of this name throws the first one out. */
  readonly clientId: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** A broker that does not answer for 1.5 times as long counts as lost. */
  readonly keepaliveS: number;
  readonly tls?: TlsSettings | undefined;
  /** What the broker publishes, retained, when this client goes without a farewell. */
  readonly will: { readonly topic: string; readonly payload: string };
  readonly logger: Logger;
}

/** PEM files; without `caFile` the system's certificate authorities count. */
export interface TlsSettings {
  readonly caFile?: string | null | undefined;
  /** The client's own certificate and its key. */
  readonly certFile?: string | null | undefined;
  readonly keyFile?: string | null | undefined;
  /** Protocol asked for in the handshake, for brokers that share a port with others. */
  readonly alpn?: string | null | undefined;
}

const firstReconnectMs = 500;
const longestReconnectMs = 30_000;
/** A connection that lasts this long is sound, so the next loss starts with short waits again. */
const soundAfterMs = 10_000;
const connectTimeoutMs = 10_000;
const closeGraceMs = 1_000;

/** The broker keeps larger requests to itself, so that none fills this process's memory. */
const largestPacketBytes = 1_048_576;

const jsonProperties = { contentType: 'application/json', payloadFormatIndicator: true } as const;

/**
 * Connects now and, whenever the connection is missing, again and again. A broker that is down is no error:
 * it is told once, and once when it is back.
 * @throws Error when the URL or a TLS file cannot be used
 */
export function connectBroker(options: BrokerOptions): Broker {
  const { logger } = options;
  const { protocol, host } = new URL(options.url);
  const broker = `${protocol}//${host}`;
  const client = connect(options.url, clientOptions(options, protocol));
  const connectListeners: (() => void)[] = [];
  let lastFault = '';
  let toldFault: string | null = null;
  let closing = false;
  let soundTimer: NodeJS.Timeout | undefined;
  const subscriptions = createSubscriptions(client, broker, logger);

  client.on('connect', () => {
    const again = toldFault !== null;
    toldFault = null;
    lastFault = '';
    soundTimer = setTimeout(() => setReconnect(client, firstReconnectMs), soundAfterMs).unref();
    logger.info({ broker }, again ? 'broker is back' : 'connected to broker');
    subscriptions.renew();
    for (const listener of connectListeners) listener();
  });
  client.on('error', (error) => {
    lastFault = reasonOf(error);
  });
  client.on('disconnect', ({ reasonCode }) => {
    lastFault = `the broker closed the connection with reason code ${reasonCode ?? 0}`;
  });
  client.on('close', () => {
    clearTimeout(soundTimer);
    dropInFlight(client);
    const fault = lastFault || 'the connection was closed';
    lastFault = '';
    if (closing || fault === toldFault) return;
    toldFault = fault;
    logger.warn({ broker, err: fault }, 'no connection to broker; messages wait, trying again');
  });
  client.on('reconnect', () => {
    const waitedMs = client.options.reconnectPeriod ?? firstReconnectMs;
    setReconnect(client, Math.min(2 * waitedMs, longestReconnectMs));
  });

  return {
    get connected() {
      return client.connected;
    },
    get receiveMaximum() {
      return client.serverProperties?.receiveMaximum ?? 65_535;
    },
    onConnect: (listener) => void connectListeners.push(listener),
    publish: (message) => publish(client, broker, message),
    subscribe: subscriptions.add,
    async close() {
      closing = true;
      clearTimeout(soundTimer);
      dropInFlight(client);
      // A frozen broker never answers the farewell.
      const timer = setTimeout(() => client.stream.destroy(), closeGraceMs);
      await client.endAsync(!client.connected);
      clearTimeout(timer);
    },
  };
}

async function publish(client: MqttClient, broker: string, message: BrokerMessage): Promise<void> {
  const { topic, payload, retain, correlationData } = message;
  // The client would keep it in memory until it is connected; waiting is the outbox's part.
  if (!client.connected) throw new Error(`${topic}: not connected to ${broker}`);
  try {
    await client.publishAsync(topic, payload, {
      qos: 1,
      retain,
      // The field is ignored in MQTT 3.1.1. Without an expiry interval a message never expires.
      properties: {
        ...jsonProperties,
        ...(correlationData && { correlationData: Buffer.from(correlationData) }),
      },
    });
  } catch (error) {
    throw new Error(`${topic}: not acknowledged by ${broker} (${messageOf(error)})`, { cause: error });
  }
}

/** Gives unanswered messages back to their senders, who repeat them; the client must not repeat them too. */
function dropInFlight(client: MqttClient): void {
  for (const messageId of Object.keys(client.outgoing)) client.removeOutgoingMessage(Number(messageId));
}

function setReconnect(client: MqttClient, waitMs: number): void {
  client.options.reconnectPeriod = waitMs;
}

function clientOptions(options: BrokerOptions, urlProtocol: string): IClientOptions {
  const { username, password, will, protocol } = options;
  return {
    protocolVersion: protocol,
    clientId: options.clientId,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    keepalive: options.keepaliveS,
    // The broker keeps no session: what it has not acknowledged comes again from the outbox.
    clean: true,
    // Subscriptions are renewed at each connect, by whoever holds their listeners.
    resubscribe: false,
    ...(protocol === 5 && { properties: { maximumPacketSize: largestPacketBytes } }),
    connectTimeout: connectTimeoutMs,
    reconnectPeriod: firstReconnectMs,
    reconnectOnConnackError: true,
    will: {
      topic: will.topic,
      payload: Buffer.from(will.payload),
      qos: 1,
      retain: true,
      ...(protocol === 5 && { properties: jsonProperties }),
    },
    ...tlsOptions(options, urlProtocol),
  };
}

function tlsOptions({ url, tls }: BrokerOptions, urlProtocol: string): IClientOptions {
  const secure = urlProtocol === 'mqtts:' || urlProtocol === 'wss:';
  if (!secure && urlProtocol !== 'mqtt:' && urlProtocol !== 'ws:') {
    throw new Error(
      `broker URL ${url} starts with ${urlProtocol}//, expected mqtt://, mqtts://, ws:// or wss://`,
    );
  }
  const given = (['caFile', 'certFile', 'keyFile', 'alpn'] as const).filter((name) => tls?.[name]);
  if (!secure && given.length > 0) {
    const keys = given.map((name) => `mqtt.${name}`).join(', ');
    throw new Error(`${keys}: set, but mqtt.url (${url}) is not encrypted; use mqtts:// or remove them`);
  }
  return {
    rejectUnauthorized: true,
    ...(tls?.caFile && { ca: pem(tls.caFile, 'mqtt.caFile') }),
    ...(tls?.certFile && { cert: pem(tls.certFile, 'mqtt.certFile') }),
    ...(tls?.keyFile && { key: pem(tls.keyFile, 'mqtt.keyFile') }),
    ...(tls?.alpn && { ALPNProtocols: [tls.alpn] }),
  };
}

function pem(path: string, key: string): Buffer {
  const bytes = pemBytes(path, key);
  if (bytes.includes('-----BEGIN ')) return bytes;
  throw new Error(`${key}: ${path} is not PEM (no line begins with -----BEGIN); convert it with openssl`);
}

function pemBytes(path: string, key: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(`${key}: ${path} cannot be read (${messageOf(error)}); check path and permissions`, {
      cause: error,
    });
  }
}

/** A refused connection to a name with several addresses has its reasons inside and no text of its own. */
function reasonOf(error: Error): string {
  const parts = error instanceof AggregateError ? error.errors.map(messageOf) : [messageOf(error)];
  return [...new Set(parts)].join('; ') || error.name;
}
