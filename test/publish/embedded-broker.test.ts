import { describe, expect, it, onTestFinished } from 'vitest';
import { connected, connection, embeddedBroker, recorder } from './sending.ts';
import { subscribe } from './subscriber.ts';

async function embedded() {
  const broker = await embeddedBroker({ port: 0 });
  onTestFinished(() => broker.close());
  return broker;
}

describe('the embedded broker', () => {
  it('passes messages on, and keeps the retained one for who comes later', async () => {
    const { url } = await embedded();
    const broker = connection(url, { protocol: 4 });
    await connected(broker);
    await broker.publish({ topic: 'particled/test/status', payload: '{"sequence":null}', retain: true });
    const late = await subscribe(url, 4);
    await late.count(1);
    expect(late.received[0]).toMatchObject({ topic: 'particled/test/status', retain: true });
  });

  it('refuses MQTT 5 (docs/decisions/0002)', async () => {
    const { url } = await embedded();
    const logger = recorder();
    const broker = connection(url, { protocol: 5, logger });
    await expect.poll(() => logger.lines.map((line) => line.level)).toEqual(['warn']);
    expect(broker.connected).toBe(false);
  });

  it('says which port is taken', async () => {
    const { port } = await embedded();
    await expect(embeddedBroker({ port })).rejects.toThrow(`cannot listen on 127.0.0.1 port ${port}`);
  });

  it('ends its connections when it is closed, and gives the port back', async () => {
    const first = await embeddedBroker({ port: 0 });
    const broker = connection(first.url, { protocol: 4 });
    await connected(broker);
    await first.close();
    await expect.poll(() => broker.connected).toBe(false);
    const second = await embeddedBroker({ port: first.port });
    await connected(broker);
    await broker.close();
    await second.close();
  });
});
