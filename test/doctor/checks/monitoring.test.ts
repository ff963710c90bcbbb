import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { checkMonitoring } from '../../../src/doctor/checks/monitoring.ts';
import { silentLogger } from '../../../src/logger.ts';
import { startMonitoring } from '../../../src/monitoring/start-monitoring.ts';
import { freePort } from '../../publish/mosquitto.ts';

const monitoring = (port: number | null) => configSchema.parse({ monitoring: { port } }).monitoring;

it('says nothing of monitoring that is off', async () => {
  expect(await checkMonitoring(monitoring(null))).toEqual([]);
});

it('finds the port free, or with a particled that runs', async () => {
  const port = await freePort();
  expect(await checkMonitoring(monitoring(port))).toMatchObject([
    { verdict: 'ok', found: `port ${port} of 127.0.0.1 is free` },
  ]);
  const running = await startMonitoring(monitoring(port), silentLogger);
  onTestFinished(() => running.close());
  expect(await checkMonitoring(monitoring(port))).toMatchObject([
    { verdict: 'ok', found: expect.stringMatching(/^a running particled\/\d\S* has port/) },
  ]);
});

it('finds another program there', async () => {
  const port = await freePort();
  const other = createServer((socket) => socket.end('no HTTP\n')).listen(port, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  expect(await checkMonitoring(monitoring(port))).toMatchObject([
    { verdict: 'failure', advice: 'choose another monitoring.port' },
  ]);
});
