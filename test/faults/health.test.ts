import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { particled } from '../support/command.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { premises, settingsFor } from '../support/premises.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('particled health', () => {
  it('is what the daemon says: normal, then failure with the reason, then nothing', async () => {
    const place = premises();
    const port = await freePort();
    const settings = stringify(settingsFor(place, { mqtt: { port } }));
    const config = join(place.folder, 'config.yaml');
    writeFileSync(config, settings);
    const daemon = startDaemonProcess(place, settings);
    await daemon.says('particled is up');
    const ask = () => particled('health', '--config', config);
    // The broker has no status yet when the daemon says so.
    await expect.poll(ask, { timeout: 15_000 }).toMatchObject({ code: 0, stdout: 'test: online, normal\n' });

    rmSync(place.exportFolder, { recursive: true });
    const failed = { code: 1, stdout: expect.stringMatching(/^test: online, failure\n {2}.*export/) };
    await expect.poll(ask, { timeout: 15_000 }).toMatchObject(failed);

    await daemon.end('SIGTERM');
    const { code, stderr } = await ask();
    expect(code).toBe(1);
    expect(stderr).toContain(`mqtt://127.0.0.1:${port}: no connection`);
  });
});
