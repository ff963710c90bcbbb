import { describe, expect, it } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

async function daemonAtBroker() {
  const broker = await startedBroker();
  const listener = await listen(broker.url);
  const place = premises();
  const settings = settingsFor(place, { mqtt: publishingTo(broker), grid: { rows: 1, columns: 4 } });
  const daemon = startDaemonProcess(place, settings);
  await daemon.says('particled is up');
  return { broker, listener, place, settings, daemon, status: () => listener.statuses().at(-1) };
}

describe('SIGHUP', () => {
  it('takes a changed configuration over in the same process, and says which keys', async () => {
    const { daemon, place, settings, listener } = await daemonAtBroker();
    writeTiles(place.exportFolder, (await simulatedTiles({ rows: 1, columns: 4 })).slice(0, 2));
    await daemon.says('tile segmented', 2);
    daemon.configure({ ...settings, grid: { rows: 1, columns: 2, stallAfterS: 600 } });
    daemon.signal('SIGHUP');
    await daemon.says('particled is up', 2);
    expect(daemon.log()).toContainEqual(
      expect.objectContaining({
        msg: 'configuration changed; the daemon starts anew with it',
        keys: ['grid.columns'],
      }),
    );
    // The two tiles are all that is expected now, so that the run ends.
    expect(await listener.finalSummary()).toMatchObject({ state: 'complete', statistics: { tiles: 2 } });
    expect(await daemon.end('SIGTERM')).toBe(0);
  });

  it('keeps the old configuration where the new one is wrong, and says so until it is mended', async () => {
    const { daemon, settings, status } = await daemonAtBroker();
    daemon.configure({ ...settings, mqtt: { ...settings.mqtt, keepaliveS: 1 } });
    daemon.signal('SIGHUP');
    await daemon.says('the changed configuration is refused; the one before stays in force');
    await until('the reason in the status', () =>
      status()?.reasons.some((reason) => reason.includes('mqtt.keepaliveS')),
    );
    expect(status()).toMatchObject({
      state: 'online',
      health: 'maintenance-required',
      reasons: [
        expect.stringMatching(/not in force: .*mqtt\.keepaliveS: 1 is refused.*; mend it and reload$/),
      ],
    });
    daemon.configure(settings);
    daemon.signal('SIGHUP');
    await daemon.says('configuration read again; nothing has changed');
    await until('normal health', () => status()?.health === 'normal');
  });

  it('goes back to the old configuration where the new one does not start', async () => {
    const { daemon, place, settings, status } = await daemonAtBroker();
    daemon.configure({ ...settings, models: { folder: `${place.folder}/nowhere` } });
    daemon.signal('SIGHUP');
    await daemon.says('particled is up', 2);
    await until('the reason in the status', () =>
      status()?.reasons.some((reason) => reason.includes('nowhere')),
    );
    expect(await daemon.end('SIGTERM')).toBe(0);
  });

  it('keeps the store to this process all the while', async () => {
    const { daemon, place, settings } = await daemonAtBroker();
    daemon.configure({ ...settings, log: { level: 'debug' } });
    daemon.signal('SIGHUP');
    const second = startDaemonProcess(place, settings);
    expect(await second.ended()).toBe(1);
    expect(second.stderr()).toContain(`is in use by another particled, process ${daemon.pid} on `);
    await daemon.says('particled is up', 2);
  });
});
