import { setTimeout as pause } from 'node:timers/promises';
import { connect, type IClientPublishOptions, type MqttClient } from 'mqtt';
import type { Config } from '../config/schema.ts';
import { messageOf } from '../errors.ts';
import { visitorOptions, visitorUrl } from '../publish/visitor-options.ts';

/** How far it went, and the broker's or the system's reason where it went no further. */
export interface BrokerTrial {
  readonly topic: string;
  readonly failedAt: 'connect' | 'subscribe' | 'publish' | 'read-back' | null;
  readonly reason: string;
}

/** The properties are left out in MQTT 3.1.1. */
const JSON_MESSAGE: IClientPublishOptions = {
  ...{ qos: 1, retain: false },
  properties: { contentType: 'application/json', payloadFormatIndicator: true },
};
const STEP_MS = 8000;
const RETAINED_MS = 1500;

/**
 * Connects once and sends one message to itself. Its client id is its own, since a broker throws out the older of two
 * clients with one id: a daemon that runs keeps its connection, and no last will is left.
 * @throws ConfigError or Error when password or certificate cannot be read
 */
export async function tryBroker(asked: {
  readonly mqtt: Config['mqtt'];
  readonly topic: string;
  /** JSON, as everything that subscribers of the instrument hear. */
  readonly payload: string;
  /** What each step may take. */
  readonly stepMs?: number;
}): Promise<BrokerTrial> {
  const { mqtt, topic, payload, stepMs = STEP_MS } = asked;
  const client = open(mqtt);
  const steps: readonly (readonly [Exclude<BrokerTrial['failedAt'], null>, () => Promise<unknown>])[] = [
    ['connect', () => connected(client)],
    ['publish', () => client.publishAsync(topic, payload, JSON_MESSAGE)],
    ['subscribe', () => client.subscribeAsync(topic, { qos: 1 })],
    ['read-back', () => readBack(client, topic, payload)],
  ];
  try {
    for (const [failedAt, step] of steps) {
      const reason = await within(stepMs, step());
      if (reason !== null) return { topic, failedAt, reason };
    }
    return { topic, failedAt: null, reason: '' };
  } finally {
    await closed(client);
  }
}

/** What a broker keeps on a topic: empty where nothing; null where nobody there speaks MQTT. */
export async function retainedMessage(mqtt: Config['mqtt'], topic: string): Promise<string | null> {
  const client = open(mqtt);
  try {
    if ((await within(STEP_MS, connected(client))) !== null) return null;
    const kept = nextMessage(client);
    if ((await within(STEP_MS, client.subscribeAsync(topic, { qos: 1 }))) !== null) return '';
    return await Promise.race([kept, pause(RETAINED_MS, '', { ref: false })]);
  } finally {
    await closed(client);
  }
}

function open(mqtt: Config['mqtt']): MqttClient {
  const client = connect(visitorUrl(mqtt), {
    ...visitorOptions(mqtt),
    clientId: `particled-doctor-${process.pid}-${Date.now()}`,
    connectTimeout: STEP_MS,
  });
  client.on('error', () => {}); // told by the step that waits for it
  return client;
}

function connected(client: MqttClient): Promise<void> {
  return new Promise((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', reject);
    client.once('close', () => reject(new Error('the connection was closed')));
  });
}

async function readBack(client: MqttClient, topic: string, payload: string): Promise<void> {
  const heard = nextMessage(client);
  await client.publishAsync(topic, payload, JSON_MESSAGE);
  const text = await heard;
  if (text !== payload) throw new Error('another message came instead');
}

function nextMessage(client: MqttClient): Promise<string> {
  return new Promise((resolve) => client.once('message', (_topic, payload) => resolve(String(payload))));
}

/** Null where the step is done; else why not. */
async function within(limitMs: number, step: Promise<unknown>): Promise<string | null> {
  const late = pause(limitMs, `no answer within ${limitMs / 1000} s`, { ref: false });
  const done = step.then(
    () => null,
    (error: unknown) => reasonOf(error),
  );
  return Promise.race([done, late]);
}

/** A refused connection to a name with several addresses has its reasons inside and no text of its own. */
function reasonOf(error: unknown): string {
  const parts = error instanceof AggregateError ? error.errors.map(messageOf) : [messageOf(error)];
  return [...new Set(parts)].join('; ') || 'no reason is told';
}

/** A frozen broker never answers the farewell. */
async function closed(client: MqttClient): Promise<void> {
  const end = client.endAsync(!client.connected).catch(() => {});
  await Promise.race([end, pause(1000, undefined, { ref: false }).then(() => client.stream.destroy())]);
}
