import { describe, expect, it, onTestFinished } from 'vitest';
import { retainedStatus } from '../../src/publish/retained-status.ts';
import { describeNeeding } from '../support/needs.ts';
import { freePort, mosquitto, ofMosquitto } from './mosquitto.ts';
import { connected, connection, embeddedBroker } from './sending.ts';

const topic = 'particled/test/status';

/** A connection that publishes a status at each connect, as the daemon does, and counts what it learns. */
async function reporting(url: string, protocol: 4 | 5) {
  const broker = connection(url, { protocol });
  let losses = 0;
  let statuses = 0;
  const status = retainedStatus(broker, topic, () => {
    losses += 1;
  });
  let heard = 0;
  broker.subscribe(topic, () => {
    heard += 1;
  });
  const publish = () => status.publish(JSON.stringify({ status: ++statuses }));
  broker.onConnect(publish);
  await connected(broker);
  return { broker, publish, losses: () => losses, heard: () => heard };
}

describe('a broker that keeps nothing of before', () => {
  it('is told by the first status that comes back, once for each connect', async () => {
    const port = await freePort();
    const first = await embeddedBroker({ port });
    const daemon = await reporting(first.url, 4);
    await expect.poll(daemon.losses).toBe(1);
    daemon.publish();
    await expect.poll(daemon.heard).toBe(2);
    expect(daemon.losses()).toBe(1);

    await first.close();
    const second = await embeddedBroker({ port });
    onTestFinished(() => second.close());
    await expect.poll(daemon.losses, { timeout: 10_000 }).toBe(2);
  });
});

describeNeeding(ofMosquitto)('a broker that has kept its state through a restart', () => {
  it('gives the status of before first, so nothing counts as lost', async () => {
    const server = await mosquitto();
    await server.start();
    const daemon = await reporting(server.url, 5);
    await expect.poll(daemon.losses).toBe(1); // a new broker has nothing yet
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // it writes its state down
    await server.kill();
    const before = daemon.heard();
    await server.start();
    await expect.poll(daemon.heard, { timeout: 10_000 }).toBeGreaterThan(before + 1); // what it kept, and the new one
    expect(daemon.losses()).toBe(1);
  });
});
