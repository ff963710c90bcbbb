import { connectAsync } from 'mqtt';
import { z } from 'zod';

/** A message as it came. */
export interface Entry {
  readonly topic: string;
  readonly payload: string;
  /** Null for a status. */
  readonly sequence: number | null;
}

/** What a subscriber has heard since it subscribed, across all losses of its broker. */
export interface Ledger {
  readonly entries: readonly Entry[];
  /** When it was connected last, by `performance.now()`; null while it is not. */
  connectedSinceMs(): number | null;
  leave(): Promise<void>;
}

const numbered = z.object({ sequence: z.int().nullable() });

/** Subscribes to everything of every instrument, by MQTT 5 and QoS 1, in a session that the broker keeps. */
export async function openLedger(url: string, baseTopic = 'particled'): Promise<Ledger> {
  const client = await connectAsync(url, {
    protocolVersion: 5,
    clientId: 'ledger',
    clean: false,
    reconnectPeriod: 50,
    properties: { sessionExpiryInterval: 86_400 },
  });
  const entries: Entry[] = [];
  let since: number | null = performance.now();
  client.on('error', () => {}); // it reconnects by itself
  client.on('connect', () => {
    since = performance.now();
  });
  client.on('close', () => {
    since = null;
  });
  client.on('message', (topic, bytes) => {
    if (topic.includes('/command/')) return; // what controllers ask
    const payload = bytes.toString();
    entries.push({ topic, payload, ...numbered.parse(JSON.parse(payload)) });
  });
  await client.subscribeAsync(`${baseTopic}/#`, { qos: 1 });
  return { entries, connectedSinceMs: () => since, leave: () => client.endAsync(true) };
}
