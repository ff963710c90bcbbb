import { connect, type IClientOptions, type MqttClient, ReasonCodes } from 'mqtt';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Broker } from './broker.ts';
import { createBrokerLimits } from './broker-limits.ts';
import { jsonProperties, publish, yieldWill } from './mqtt-publish.ts';
import { createSubscriptions } from './mqtt-subscriptions.ts';
import { createSessionRival, SESSION_TAKEN_OVER } from './session-rival.ts';
import { type TlsSettings, tlsOptions } from './tls-options.ts';

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
  /** Once another client of this name has taken the session over, how long until a look whether it has gone. */
  readonly rivalLookMs?: number;
  readonly logger: Logger;
}

const firstReconnectMs = 500;
const longestReconnectMs = 30_000;
/** A connection that lasts this long is sound, so the next loss starts with short waits again. */
const soundAfterMs = 10_000;
const rivalLookMs = 60_000;
/** Mosquitto up to 2.0.11 closes without a word: so often in a row, so soon after the connect, it is a rival too. */
const silentClosesOfRival = 3;
const soonMs = 60_000;
/** MQTT 5, 2.4. */
const PACKET_TOO_LARGE = 0x95;
const connectTimeoutMs = 10_000;
const closeGraceMs = 1_000;

/** The broker keeps larger requests to itself, so that none fills this process's memory. */
const largestPacketBytes = 1_048_576;

/**
 * Connects now and, whenever the connection is missing, again and again. A broker that is down is no error:
 * it is told once, and once when it is back.
 * @throws Error when the URL or a TLS file cannot be used
 */
export function connectBroker(options: BrokerOptions): Broker {
  const { logger } = options;
  const { protocol, host } = new URL(options.url);
  const broker = `${protocol}//${host}`;
  const connecting = clientOptions(options);
  const client = connect(options.url, connecting);
  const connectListeners: (() => void)[] = [];
  let lastFault = '';
  let toldFault: string | null = null;
  let closing = false;
  let connectedAtMs: number | null = null;
  let silentCloses = 0;
  let soundTimer: NodeJS.Timeout | undefined;
  let saidTooLarge = false;
  const subscriptions = createSubscriptions(client, broker, logger);
  const limits = createBrokerLimits();

  const rival = createSessionRival({
    ...{ url: options.url, options: connecting, statusTopic: options.will.topic, logger },
    lookAfterMs: options.rivalLookMs ?? rivalLookMs,
    onGone() {
      setReconnect(client, firstReconnectMs);
      client.reconnect();
    },
  });

  function giveWay(): void {
    rival.appeared();
    client.end(true); // makes no attempt by itself, even one that is planned already
    lastFault = takenOverText(options.clientId);
  }

  function tellLearntSize(): void {
    silentCloses = 0;
    connectedAtMs = null;
    const bytes = limits.packetBytes;
    logger.warn(
      { broker, bytes },
      'the broker closes the connection at larger packets; they are left out or wait',
    );
  }

  function countSilentClose(): void {
    const soon = connectedAtMs !== null && performance.now() - connectedAtMs < soonMs;
    connectedAtMs = null;
    silentCloses = soon && lastFault === '' ? silentCloses + 1 : 0;
    if (silentCloses < silentClosesOfRival) return;
    silentCloses = 0;
    giveWay();
  }

  client.on('connect', () => {
    const again = toldFault !== null;
    toldFault = null;
    lastFault = '';
    connectedAtMs = performance.now();
    limits.connected(client.serverProperties);
    soundTimer = setTimeout(() => setReconnect(client, firstReconnectMs), soundAfterMs).unref();
    logger.info({ broker }, again ? 'broker is back' : 'connected to broker');
    subscriptions.renew();
    for (const listener of connectListeners) listener();
  });
  client.on('error', (error) => {
    lastFault = reasonOf(error);
    yieldWill(client, error);
  });
  client.on('disconnect', ({ reasonCode }) => {
    if (reasonCode === SESSION_TAKEN_OVER) giveWay();
    saidTooLarge = reasonCode === PACKET_TOO_LARGE;
    if (reasonCode !== SESSION_TAKEN_OVER)
      lastFault = `the broker closed the connection: ${reasonText(reasonCode ?? 0)}`;
  });
  client.on('close', () => {
    clearTimeout(soundTimer);
    dropInFlight(client);
    const isForSize = limits.lost(saidTooLarge);
    saidTooLarge = false;
    if (isForSize) tellLearntSize();
    else if (!closing) countSilentClose();
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
    get fault() {
      return client.connected ? null : toldFault;
    },
    get sessionTakenOver() {
      return rival.isThere;
    },
    get receiveMaximum() {
      return client.serverProperties?.receiveMaximum ?? 65_535;
    },
    onConnect: (listener) => void connectListeners.push(listener),
    get packetBytesMax() {
      return limits.packetBytes;
    },
    get shortcomings() {
      return client.connected ? limits.shortcomings() : [];
    },
    publish: (message) => publish(client, broker, limits, message),
    subscribe: subscriptions.add,
    async close() {
      closing = true;
      rival.stop();
      clearTimeout(soundTimer);
      dropInFlight(client);
      // A frozen broker never answers the farewell.
      const timer = setTimeout(() => client.stream.destroy(), closeGraceMs);
      await client.endAsync(!client.connected);
      clearTimeout(timer);
    },
  };
}

function takenOverText(clientId: string): string {
  return (
    `another client named ${clientId} has taken the connection over; ` +
    'this one stays away until that has gone: end one of the two, or give one another name (instrument.name)'
  );
}

/** Gives unanswered messages back to their senders, who repeat them; the client must not repeat them too. */
function dropInFlight(client: MqttClient): void {
  for (const messageId of Object.keys(client.outgoing)) client.removeOutgoingMessage(Number(messageId));
}

function setReconnect(client: MqttClient, waitMs: number): void {
  client.options.reconnectPeriod = waitMs;
}

function clientOptions(options: BrokerOptions): IClientOptions {
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
    ...tlsOptions(options.url, options.tls),
  };
}

/** MQTT 5, 2.4: `Not authorized (135)` */
function reasonText(code: number): string {
  const words = Object.entries(ReasonCodes).find(([known]) => Number(known) === code)?.[1];
  return words ? `${words} (reason code ${code})` : `reason code ${code}`;
}

/** A refused connection to a name with several addresses has its reasons inside and no text of its own. */
function reasonOf(error: Error): string {
  const parts = error instanceof AggregateError ? error.errors.map(messageOf) : [messageOf(error)];
  return [...new Set(parts)].join('; ') || error.name;
}
