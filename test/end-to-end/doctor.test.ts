import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { particled } from '../support/command.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { writeSmallTile } from '../support/small-tile.ts';
import { smtp } from '../support/smtp.ts';

describe('particled doctor beside a running daemon', () => {
  it('finds it, broker and mail well, and disturbs none of them', async () => {
    const place = premises();
    const broker = await startedBroker();
    const server = await smtp();
    const mail = {
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      from: 'a@lab.example',
      to: ['b@lab.example'],
    };
    const settings = {
      ...settingsFor(place, { mqtt: publishingTo(broker) }),
      mail: { ...mail, timeZone: 'Europe/Berlin' },
    };
    const file = join(place.folder, 'doctor.yaml');
    writeFileSync(file, stringify(settings));
    const listener = await listen(broker.url);
    const daemon = startDaemonProcess(place, stringify(settings));
    await daemon.says('particled is up');
    writeSmallTile(place.exportFolder, { label: 'powder' });
    const mailsBefore = server.mails.length;
    const filesBefore = readdirSync(place.folder).toSorted();

    const { code, stdout } = await particled('doctor', '--json', '--config', file);
    expect(code, stdout).toBe(0);
    const { findings } = JSON.parse(stdout);
    const of = (name: string) => findings.find(({ check }: { check: string }) => check === name);
    expect(of('daemon')).toMatchObject({
      verdict: 'attention',
      found: expect.stringMatching(`^process ${daemon.pid} \\(.* run --config .*\\) has this store open`),
    });
    expect(of('store').verdict).toBe('ok');
    expect(of('broker')).toMatchObject({ verdict: 'ok', found: expect.stringContaining('read back') });
    expect(of('mail')).toMatchObject({ verdict: 'ok', found: expect.stringContaining('none was sent') });
    expect(of('newest file')).toMatchObject({
      verdict: 'ok',
      found: expect.stringContaining('sample powder'),
    });

    expect(readdirSync(place.folder).toSorted()).toEqual(filesBefore);
    expect(server.mails).toHaveLength(mailsBefore);
    // Its connection was not thrown out: no last will, no loss told.
    expect(listener.statuses().map(({ state }) => state)).not.toContain('offline');
    const said = daemon.log().map(({ msg }) => msg);
    expect(said).not.toContain('no connection to broker; messages wait, trying again');
    expect(await daemon.end('SIGTERM')).toBe(0);
  });
});
