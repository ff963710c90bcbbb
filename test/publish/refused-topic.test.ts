import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { storeWithRun } from '../store/examples.ts';
import { describeNeeding } from '../support/needs.ts';
import { mosquitto, ofMosquitto } from './mosquitto.ts';
import { connection, enqueue, sending, upTo } from './sending.ts';
import { subscribe } from './subscriber.ts';

describeNeeding(ofMosquitto)('the outbox sender', () => {
  it('goes on with all other topics while the broker refuses one, and sends that one once it may', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'particled-acl-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const acl = join(folder, 'acl');
    writeFileSync(acl, 'topic readwrite particled/test/b\ntopic read #\n');
    chmodSync(acl, 0o600);
    const server = await mosquitto([`acl_file ${acl}`]);
    await server.start();
    const subscriber = await subscribe(server.url, 5);
    const { store, runId } = storeWithRun();
    for (let pair = 0; pair < 20; pair += 1) {
      enqueue(store, runId, 1, 'particled/test/a');
      enqueue(store, runId, 1, 'particled/test/b');
    }
    const broker = connection(server.url);
    const sender = sending(store, broker, 4);
    await subscriber.count(20);
    expect(subscriber.received.map(({ topic }) => topic)).toEqual(Array(20).fill('particled/test/b'));
    expect([...sender.refusals()]).toEqual([['particled/test/a', expect.stringMatching(/Not authorized/)]]);
    await expect.poll(() => store.outbox.depth()).toBe(20);

    writeFileSync(acl, 'topic readwrite #\n');
    server.reload();
    await sender.idle();
    await subscriber.count(40);
    const ofA = subscriber.received.filter(({ topic }) => topic === 'particled/test/a');
    expect(ofA.map(({ sequence }) => sequence)).toEqual(upTo(20).map((pair) => 2 * pair - 1));
    expect(sender.refusals().size).toBe(0);
  });
});
