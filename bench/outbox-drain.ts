/**
 * How fast messages that waited leave once the broker is back: the outbox in its file through a real Mosquitto, against
 * the same client and window sending the same messages from memory, in one run.
 *
 *     node bench/outbox-drain.ts [--megabytes 400] [--bytes 20000]
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { silentLogger } from '../src/logger.ts';
import type { BrokerMessage } from '../src/publish/broker.ts';
import { connectBroker } from '../src/publish/mqtt-broker.ts';
import { type OutboxSource, startOutboxSender } from '../src/publish/outbox-sender.ts';
import { connect } from '../src/store/connection.ts';
import { openStore } from '../src/store/database.ts';
import { createEnqueue } from '../src/store/outbox.ts';
import { mosquittoProcess } from '../test/support/mosquitto-process.ts';
import { until } from '../test/support/until.ts';

const WINDOW = 16;
const { values } = parseArgs({
  options: { megabytes: { type: 'string', default: '400' }, bytes: { type: 'string', default: '20000' } },
});
const bytes = Number(values.bytes);
const count = Math.round((Number(values.megabytes) * 1e6) / bytes);
const message = { topic: 'particled/bench/tile', retain: false, payload: { particles: 'x'.repeat(bytes) } };

/** Seconds until the last message is acknowledged. */
async function drained(outbox: OutboxSource, url: string): Promise<number> {
  const broker = connectBroker({
    ...{ url, protocol: 5, clientId: 'bench', keepaliveS: 60, logger: silentLogger },
    will: { topic: 'particled/bench/status', payload: '{}' },
  });
  await until('the connection', () => broker.connected);
  const start = performance.now();
  const sender = startOutboxSender({ outbox, broker, window: WINDOW, logger: silentLogger });
  await sender.idle();
  const seconds = (performance.now() - start) / 1000;
  await sender.stop();
  await broker.close();
  return seconds;
}

function inMemory(): OutboxSource {
  const payload = JSON.stringify(message.payload);
  let left = count;
  return {
    next(afterId, limit) {
      const rows: (BrokerMessage & { id: number })[] = [];
      for (let id = afterId + 1; id <= count && rows.length < limit && left > 0; id++)
        rows.push({ ...message, payload, id });
      return rows;
    },
    acknowledge(ids) {
      left -= ids.length;
    },
  };
}

const folder = mkdtempSync(join(tmpdir(), 'particled-outbox-'));
const path = join(folder, 'particled.db');
const server = await mosquittoProcess();
try {
  await server.start();
  const store = openStore(path);
  const writer = connect(path);
  const enqueue = createEnqueue(writer);
  writer.exec('BEGIN');
  for (let index = 0; index < count; index++) enqueue([message]);
  writer.exec('COMMIT');
  writer.close();
  const full = store.fileSize.bytes();
  const memory = await drained(inMemory(), server.url);
  const file = await drained(store.outbox, server.url);
  while (store.fileSize.giveBack(1000));
  store.fileSize.checkpoint();
  console.log(`${count} messages of ${bytes} bytes, window ${WINDOW}`);
  console.log(`from memory  ${(count / memory).toFixed(0)} messages/s`);
  console.log(`from the file ${(count / file).toFixed(0)} messages/s; ratio ${(memory / file).toFixed(2)}`);
  console.log(`file ${(full / 1e6).toFixed(0)} MB, then ${(statSync(path).size / 1e6).toFixed(1)} MB`);
  store.close();
} finally {
  await server.remove();
  rmSync(folder, { recursive: true });
}
