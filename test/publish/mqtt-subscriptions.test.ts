import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Broker, HeardMessage } from '../../src/publish/broker.ts';
import { describeNeeding } from '../support/needs.ts';
import { mosquitto, ofMosquitto } from './mosquitto.ts';
import { connected, connection, embeddedBroker, recorder } from './sending.ts';

const filter = 'particled/test/command/+';

function hearing(broker: Broker): HeardMessage[] {
  const heard: HeardMessage[] = [];
  broker.subscribe(filter, (message) => void heard.push(message));
  return heard;
}

async function controller(url: string, protocolVersion: 4 | 5) {
  const client = await connectAsync(url, { protocolVersion, reconnectPeriod: 50 });
  client.on('error', () => {});
  onTestFinished(() => client.endAsync(true));
  return client;
}

/** Sends until it is heard: the moment of a renewed subscription is not told to others. */
async function sentUntilHeard(send: () => Promise<unknown>, heard: readonly HeardMessage[]) {
  const before = heard.length;
  await expect
    .poll(() => send().then(() => heard.length), { timeout: 10_000, interval: 50 })
    .toBeGreaterThan(before);
}

describeNeeding(ofMosquitto)('a subscription at mosquitto over MQTT 5', () => {
  it('gives topic, payload and the properties of a request', async () => {
    const server = await mosquitto();
    await server.start();
    const broker = connection(server.url);
    const heard = hearing(broker);
    await connected(broker);
    const client = await controller(server.url, 5);
    const properties = { responseTopic: 'lab/answers', correlationData: Buffer.from([0, 255]) };
    await sentUntilHeard(
      () => client.publishAsync('particled/test/command/a', '{}', { qos: 1, properties }),
      heard,
    );
    expect(heard[0]).toMatchObject({ topic: 'particled/test/command/a', retain: false });
    expect(heard[0]?.responseTopic).toBe('lab/answers');
    expect([...(heard[0]?.correlationData ?? [])]).toEqual([0, 255]);
    expect(new TextDecoder().decode(heard[0]?.payload)).toBe('{}');
  });

  it('tells a retained message from another, at once and after each connect', async () => {
    const server = await mosquitto();
    await server.start();
    const broker = connection(server.url);
    const heard = hearing(broker);
    await connected(broker);
    const client = await controller(server.url, 5);
    await sentUntilHeard(() => client.publishAsync('particled/test/command/a', '{}', { qos: 1 }), heard);
    const before = heard.length;
    await client.publishAsync('particled/test/command/b', '{}', { qos: 1, retain: true });
    await expect.poll(() => heard.length).toBe(before + 1);
    const later = connection(server.url, { clientId: 'later' });
    const laterHeard = hearing(later);
    await expect.poll(() => laterHeard.length).toBe(1);
    expect([heard.at(-1)?.retain, laterHeard[0]?.retain]).toEqual([true, true]);
  });

  it('is renewed when the broker comes back without a memory of it', async () => {
    const server = await mosquitto();
    await server.start();
    const broker = connection(server.url);
    const heard = hearing(broker);
    await connected(broker);
    const client = await controller(server.url, 5);
    const send = () => client.publishAsync('particled/test/command/a', '{}', { qos: 1 });
    await sentUntilHeard(send, heard);
    await server.kill();
    await server.start();
    await connected(broker);
    await sentUntilHeard(send, heard);
  });

  it('outlives a listener that throws', async () => {
    const server = await mosquitto();
    await server.start();
    const logger = recorder();
    const broker = connection(server.url, { logger });
    broker.subscribe(filter, () => {
      throw new Error('no');
    });
    const heard = hearing(broker);
    await connected(broker);
    const client = await controller(server.url, 5);
    await sentUntilHeard(() => client.publishAsync('particled/test/command/a', '{}', { qos: 1 }), heard);
    expect(logger.lines).toContainEqual(expect.objectContaining({ message: 'message not heeded' }));
    expect(broker.connected).toBe(true);
  });
});

describe('a subscription at the embedded broker over MQTT 3.1.1', () => {
  it('gives topic and payload, without properties', async () => {
    const server = await embeddedBroker({ port: 0 });
    onTestFinished(() => server.close());
    const broker = connection(server.url, { protocol: 4 });
    const heard = hearing(broker);
    await connected(broker);
    const client = await controller(server.url, 4);
    await sentUntilHeard(() => client.publishAsync('particled/test/command/a', '{}', { qos: 1 }), heard);
    expect(heard[0]).toMatchObject({ responseTopic: null, correlationData: null, retain: false });
  });
});
