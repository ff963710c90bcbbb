import { connectAsync, type IPublishPacket, type MqttClient } from 'mqtt';
import { onTestFinished, vi } from 'vitest';

export interface Received {
  readonly topic: string;
  readonly payload: string;
  readonly sequence: number | null;
  readonly retain: boolean;
  readonly properties: IPublishPacket['properties'];
}

export interface Subscriber {
  readonly received: readonly Received[];
  /** Waits until so many messages have come. */
  count(messages: number): Promise<void>;
  readonly client: MqttClient;
}

/** A subscriber to everything below `particled/`, whose session outlives a restart of the broker. */
export async function subscribe(url: string, protocolVersion: 4 | 5): Promise<Subscriber> {
  const client = await connectAsync(url, {
    protocolVersion,
    clientId: 'subscriber',
    clean: false,
    reconnectPeriod: 50,
    ...(protocolVersion === 5 && { properties: { sessionExpiryInterval: 3_600 } }),
  });
  const received: Received[] = [];
  client.on('error', () => {});
  client.on('message', (topic, bytes, { retain, properties }) => {
    const payload = bytes.toString();
    received.push({ topic, payload, sequence: JSON.parse(payload).sequence, retain, properties });
  });
  await client.subscribeAsync('particled/#', { qos: 1 });
  onTestFinished(() => client.endAsync(true));
  return {
    received,
    client,
    count: (messages) =>
      vi.waitFor(
        () => {
          if (received.length < messages) throw new Error(`${received.length} of ${messages} messages came`);
        },
        { timeout: 15_000, interval: 20 },
      ),
  };
}
