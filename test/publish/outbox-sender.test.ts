import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { withSequence } from '../../src/publish/outbox-sender.ts';
import { openStore } from '../../src/store/database.ts';
import { storeWithRun } from '../store/examples.ts';
import { describeNeeding } from '../support/needs.ts';
import { until } from '../support/until.ts';
import { mosquitto, ofMosquitto } from './mosquitto.ts';
import { connected, connection, embeddedBroker, enqueue, recorder, sending, upTo } from './sending.ts';
import { subscribe } from './subscriber.ts';

describeNeeding(ofMosquitto)('sending the outbox to mosquitto', () => {
  it('sends in order, with the row number as sequence, and empties the outbox', async () => {
    const server = await mosquitto();
    await server.start();
    const subscriber = await subscribe(server.url, 5);
    const { store, runId } = storeWithRun();
    enqueue(store, runId, 50);
    const sender = sending(store, connection(server.url));
    await sender.idle();
    await subscriber.count(50);
    expect(subscriber.received.map((message) => message.sequence)).toEqual(upTo(50));
    expect(subscriber.received[0]?.payload).toBe('{"sequence":1,"revision":1}');
    expect(store.outbox.depth()).toBe(0);
  });

  it('sends what is added later when it is woken', async () => {
    const server = await mosquitto();
    await server.start();
    const subscriber = await subscribe(server.url, 5);
    const { store, runId } = storeWithRun();
    const sender = sending(store, connection(server.url));
    await sender.idle();
    enqueue(store, runId, 3);
    sender.wake();
    await subscriber.count(3);
    await sender.idle();
    expect(store.outbox.depth()).toBe(0);
  });

  it('loses nothing when the broker is down at start and killed in between', async () => {
    const server = await mosquitto();
    const { store, runId } = storeWithRun();
    enqueue(store, runId, 20);
    await server.start();
    const subscriber = await subscribe(server.url, 5);
    // Gives the broker time to write the subscriber's session down, then takes it away.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await server.kill();
    const broker = connection(server.url);
    const sender = sending(store, broker);
    expect(store.outbox.depth()).toBe(20);

    await server.start();
    await subscriber.count(20);
    await sender.idle();
    await server.kill();
    enqueue(store, runId, 20);
    sender.wake();
    expect(store.outbox.depth()).toBe(20);

    await server.start();
    // The killed broker may give its subscriber the last messages once more, so each one's first arrival counts.
    const sequences = () => [...new Set(subscriber.received.map((message) => message.sequence))];
    await until('all 40 messages', () => sequences().length === 40);
    await sender.idle();
    expect(sequences()).toEqual(upTo(40));
    expect(store.outbox.depth()).toBe(0);
  });

  it('keeps at most the window unanswered, and sends it again after a freeze', async () => {
    const server = await mosquitto();
    await server.start();
    const subscriber = await subscribe(server.url, 5);
    const { store, runId } = storeWithRun();
    const broker = connection(server.url, { keepaliveS: 1 });
    let published = 0;
    const counting = {
      ...broker,
      get connected() {
        return broker.connected;
      },
      get receiveMaximum() {
        return broker.receiveMaximum;
      },
      publish: (message: Parameters<typeof broker.publish>[0]) => {
        published += 1;
        return broker.publish(message);
      },
    };
    await connected(broker);
    const sender = sending(store, counting, 5);
    server.freeze();
    enqueue(store, runId, 30);
    sender.wake();
    await expect.poll(() => broker.connected, { timeout: 5_000 }).toBe(false);
    expect(published).toBe(5);
    server.thaw();
    await sender.idle();
    const sequences = () => [...new Set(subscriber.received.map((message) => message.sequence))];
    await expect.poll(sequences, { timeout: 5_000 }).toEqual(upTo(30));
  });
});

describe('sending the outbox to the embedded broker', () => {
  it('redelivers under the same sequence what was not acknowledged before a crash', async () => {
    const server = await embeddedBroker({ port: 0 });
    onTestFinished(() => server.close());
    const subscriber = await subscribe(server.url, 4);
    const { store, runId, path } = storeWithRun();
    enqueue(store, runId, 3);
    // The broker has the message, and the process ends before it notes that.
    const broker = connection(server.url, { protocol: 4 });
    await connected(broker);
    const [row] = store.outbox.next(0, 1);
    await broker.publish({ ...row!, payload: withSequence(row!.payload, row!.id) });
    store.close();

    const restarted = openStore(path);
    onTestFinished(() => restarted.close());
    await sending(restarted, broker).idle();
    await subscriber.count(4);
    expect(subscriber.received.map((message) => message.sequence)).toEqual([1, 1, 2, 3]);
    expect(subscriber.received[1]?.payload).toBe(subscriber.received[0]?.payload);
  });

  it('repeats under the same sequence when the acknowledgement is lost with the connection', async () => {
    const server = await embeddedBroker({ port: 0 });
    onTestFinished(() => server.close());
    const subscriber = await subscribe(server.url, 4);
    const proxy = await mutingProxy(server.port);
    const { store, runId } = storeWithRun();
    const broker = connection(proxy.url, { protocol: 4 });
    await connected(broker);
    proxy.mute();
    enqueue(store, runId, 2);
    const sender = sending(store, broker);
    await subscriber.count(2);
    expect(store.outbox.depth()).toBe(2);
    proxy.cut();
    await sender.idle();
    await subscriber.count(4);
    expect(subscriber.received.map((message) => message.sequence)).toEqual([1, 2, 1, 2]);
    expect(store.outbox.depth()).toBe(0);
  });

  it('loses nothing when the connection is cut in the middle, twice', async () => {
    const server = await embeddedBroker({ port: 0 });
    onTestFinished(() => server.close());
    const subscriber = await subscribe(server.url, 4);
    const proxy = await mutingProxy(server.port);
    const { store, runId } = storeWithRun();
    enqueue(store, runId, 200);
    const sender = sending(store, connection(proxy.url, { protocol: 4 }));
    for (const messages of [40, 120]) {
      await subscriber.count(messages);
      proxy.cut();
    }
    expect(store.outbox.depth()).toBeGreaterThan(0);
    await sender.idle();
    const sequences = () => [...new Set(subscriber.received.map((message) => message.sequence))];
    await expect.poll(sequences).toEqual(upTo(200));
  });

  it('keeps the order of a topic when one of its messages is refused, and lets other topics go on', async () => {
    const server = await embeddedBroker({ port: 0 });
    onTestFinished(() => server.close());
    const subscriber = await subscribe(server.url, 4);
    const { store, runId } = storeWithRun();
    enqueue(store, runId, 1, 'particled/test/a');
    enqueue(store, runId, 1, 'particled/test/b');
    enqueue(store, runId, 1, 'particled/test/a');
    const broker = connection(server.url, { protocol: 4 });
    await connected(broker);
    // MQTT 3.1.1 has no refusal, so the first message fails on the way to the broker.
    let refusals = 1;
    const refusing = {
      connected: true,
      receiveMaximum: 10,
      onConnect: () => {},
      subscribe: () => {},
      close: () => Promise.resolve(),
      publish: (message: Parameters<typeof broker.publish>[0]) => {
        refusals -= 1;
        return refusals === 0 ? Promise.reject(new Error('quota exceeded')) : broker.publish(message);
      },
    };
    const logger = recorder();
    await sending(store, refusing, 8, logger).idle();
    await subscriber.count(4);
    expect(subscriber.received.map((message) => message.sequence)).toEqual([2, 3, 1, 3]);
    expect(logger.lines).toMatchObject([{ level: 'warn', facts: { sequence: 1, err: 'quota exceeded' } }]);
  });

  it('stops without a connection, and leaves what is unsent in the store', async () => {
    const { store, runId } = storeWithRun();
    enqueue(store, runId, 2);
    const sender = sending(store, connection('mqtt://127.0.0.1:1', { protocol: 4 }));
    await sender.stop();
    sender.wake();
    expect(store.outbox.depth()).toBe(2);
  });

  it('says so loudly when the store cannot be read, and does not fall over', async () => {
    const server = await embeddedBroker({ port: 0 });
    onTestFinished(() => server.close());
    const { store } = storeWithRun();
    const broker = connection(server.url, { protocol: 4 });
    await connected(broker);
    store.close();
    const logger = recorder();
    sending(store, broker, 8, logger);
    expect(logger.lines).toMatchObject([{ level: 'error', message: /outbox cannot be read/ }]);
  });
});

describe('the sequence number', () => {
  it('becomes the first field of the object', () => {
    expect(withSequence('{"a":"}"}', 7)).toBe('{"sequence":7,"a":"}"}');
    expect(withSequence('{}', 7)).toBe('{"sequence":7}');
  });
});

/** Passes bytes both ways until it is muted: then nothing comes back from the broker until the cut. */
async function mutingProxy(port: number) {
  const pairs: [Socket, Socket][] = [];
  let muted = false;
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    pairs.push([client, upstream]);
    client.on('data', (bytes) => void upstream.write(bytes));
    upstream.on('data', (bytes) => {
      if (!muted) client.write(bytes);
    });
    for (const socket of [client, upstream]) {
      socket.on('error', () => {});
      socket.on('close', () => [client, upstream].map((end) => end.destroy()));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const cut = () => {
    muted = false;
    for (const pair of pairs.splice(0)) for (const socket of pair) socket.destroy();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  const mute = () => {
    muted = true;
  };
  return { url: `mqtt://127.0.0.1:${address.port}`, mute, cut };
}
