import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { startDaemon } from '../../src/daemon.ts';
import { createLogger } from '../../src/logger.ts';
import { freePort } from '../publish/mosquitto.ts';
import { premises, type Settings, settingsFor } from '../support/premises.ts';

/** Starts a daemon whose store would get a folder of its own, which must fail and leave nothing behind. */
async function refusal(change: (folder: string) => Settings): Promise<string> {
  const place = premises();
  const stateFolder = join(place.folder, 'state');
  const store = { file: join(stateFolder, 'particled.db') };
  const settings = settingsFor(place, { mqtt: { port: 0 }, ...change(place.folder), store });
  const starting = startDaemon(loadConfig(null, {}, settings), createLogger({ level: 'error' }));
  const error: unknown = await starting.then(
    (daemon) => daemon.stop().then(() => 'it started'),
    (reason: unknown) => reason,
  );
  expect(existsSync(stateFolder)).toBe(false);
  return String(error);
}

const mail = { host: 'mail.lab', from: 'a@lab.example', to: ['a@lab.example'] };

describe('a daemon that must not start leaves no store behind', () => {
  it.each<[string, (folder: string) => Settings, RegExp]>([
    [
      "a mail's password that cannot be read",
      (folder) => ({ mail: { ...mail, username: 'lab', passwordFile: join(folder, 'none') } }),
      /mail\.passwordFile: cannot be read \(ENOENT/,
    ],
    [
      "a mail's certificate that cannot be read",
      (folder) => ({ mail: { ...mail, caFile: join(folder, 'none') } }),
      /mail\.caFile: cannot be read \(ENOENT/,
    ],
    [
      "a broker's password that cannot be read",
      (folder) => ({ mqtt: { broker: 'external', username: 'lab', passwordFile: join(folder, 'none') } }),
      /mqtt\.passwordFile: cannot be read \(ENOENT/,
    ],
    [
      'no export folder',
      (folder) => ({ watch: { folder: join(folder, 'none') } }),
      /cannot watch the export folder/,
    ],
    ['no models', (folder) => ({ models: { folder: join(folder, 'none') } }), /cannot list models/],
  ])('on %s', async (_, change, reason) => {
    expect(await refusal(change)).toMatch(reason);
  });

  it('on a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await refusal(() => ({ mqtt: { port } }))).toContain('choose another port');
  });

  it('nor has its broker listened', async () => {
    const port = await freePort();
    await refusal((folder) => ({ mqtt: { port }, watch: { folder: join(folder, 'none') } }));
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
  });
});
