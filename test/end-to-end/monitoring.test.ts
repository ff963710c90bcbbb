import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { prometheusSamples } from '../support/prometheus-text.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';

/** Looked at again and again. */
function seen<T>(look: () => Promise<T>) {
  return expect.poll(look, { timeout: 60_000, interval: 100 });
}

describe('a daemon that is monitored', () => {
  it('tells over HTTP that it lives, is ready, and what it does', async () => {
    const place = premises();
    const settings = settingsFor(place, {
      mqtt: { port: 0, summaryIntervalS: 0.3 },
      grid: { rows: 1, columns: 2 },
      monitoring: { port: 0 },
    });
    const daemon = startDaemonProcess(place, settings);
    await daemon.says('monitoring listens');
    const url = String(daemon.log().find(({ msg }) => msg === 'monitoring listens')?.url);
    const get = async (path: string) => {
      const answer = await fetch(`${url}${path}`);
      return { status: answer.status, text: await answer.text() };
    };
    const json = async (path: string) => {
      const { status, text } = await get(path);
      return { status, ...JSON.parse(text) };
    };
    const figure = async (name: string, label?: string): Promise<number | undefined> =>
      prometheusSamples((await get('/metrics')).text).find(
        (sample) =>
          sample.name === name && (label === undefined || Object.values(sample.labels).includes(label)),
      )?.value;

    // Models are being proved: it lives, and is not ready.
    expect(await json('/healthz')).toEqual({ status: 200, alive: true });
    expect(await json('/readyz')).toMatchObject({ status: 503, ready: false, models: false });
    await daemon.says('particled is up');
    expect(await json('/readyz')).toEqual({
      ...{ status: 200, ready: true },
      ...{ models: true, store: true, folder: true, tiles: true },
    });

    writeTiles(place.exportFolder, await simulatedTiles({ rows: 1, columns: 2, sampleLabel: 'A' }));
    writeFileSync(join(place.exportFolder, 'empty.tif'), '');
    await seen(() => figure('particled_tiles_total', 'segmented')).toBe(2);
    await seen(() => figure('particled_files_set_aside_total', 'empty')).toBe(1);
    await seen(() => figure('particled_last_sample_particles')).toBeGreaterThan(0);
    expect(await figure('particled_tile_segmentation_seconds_count')).toBe(2);
    expect(await figure('particled_mqtt_connected')).toBe(1);
    expect(await figure('particled_health_state', 'normal')).toBe(1);
    expect(await figure('particled_disk_free_bytes', 'store')).toBeGreaterThan(0);
    expect(await figure('particled_segmenter_restarts_total')).toBe(0);
    await seen(() => figure('particled_outbox_messages')).toBe(0);

    // Only a tile notices a segmenter that is gone; the next one takes it.
    for (const pid of daemon.segmenters()) process.kill(pid, 'SIGKILL');
    const [other] = await simulatedTiles({ rows: 1, columns: 1, sampleLabel: 'B', seed: 7 });
    writeTiles(place.exportFolder, [{ file: 'other.tiff', bytes: other!.bytes }]);
    await seen(() => figure('particled_segmenter_restarts_total')).toBe(1);

    const away = join(place.folder, 'away');
    renameSync(place.exportFolder, away);
    await seen(() => json('/readyz')).toMatchObject({ status: 503, ready: false, folder: false });
    expect(await figure('particled_health_state', 'failure')).toBe(1);
    expect((await get('/readyz')).text).not.toContain(place.folder);
    expect((await get('/metrics')).text).not.toContain(place.folder);
    renameSync(away, place.exportFolder);
    await seen(() => json('/readyz')).toMatchObject({ status: 200, ready: true });
    expect(await daemon.end('SIGTERM')).toBe(0);
  });

  it('works on where the port is taken, and says so in its health', async () => {
    const place = premises();
    const first = startDaemonProcess(
      place,
      settingsFor(place, { mqtt: { port: 0 }, monitoring: { port: 0 } }),
    );
    await first.says('monitoring listens');
    const { port } = new URL(String(first.log().find(({ msg }) => msg === 'monitoring listens')?.url));
    const other = premises();
    const second = startDaemonProcess(
      other,
      settingsFor(other, { mqtt: { port: 0 }, monitoring: { port: Number(port) } }),
    );
    await second.says('particled is up');
    await second.says('needs attention');
    expect(second.log().find(({ msg }) => msg === 'needs attention')).toMatchObject({
      state: 'maintenance-required',
      reasons: [expect.stringContaining(`monitoring cannot listen on 127.0.0.1 port ${port}`)],
    });
    writeTiles(other.exportFolder, await simulatedTiles({ rows: 1, columns: 1, sampleLabel: 'A' }));
    await second.says('tile segmented');
  });
});
