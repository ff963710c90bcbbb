import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { particled } from '../support/command.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { stateOf } from '../support/process-state.ts';
import { modelsWithShadow } from '../support/shadow-model.ts';
import { stored } from '../support/stored.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

const COLUMNS = 4;
const ROWS = 1;

async function place() {
  const broker = await startedBroker();
  const listener = await listen(broker.url);
  const own = premises();
  const { models, shadow } = modelsWithShadow(own.folder);
  const settings = (model: string | null) =>
    settingsFor(own, {
      mqtt: publishingTo(broker),
      grid: { rows: ROWS, columns: COLUMNS },
      models: { folder: models, shadow: { model, share: 1 } },
    });
  return { own, listener, models, shadow, settings };
}

describe('a daemon with a shadow model', { timeout: 600_000 }, () => {
  it('killed (kill -9) again and again, has each tile segmented by it once, and publishes as without it', async () => {
    const { own, listener, settings } = await place();
    const tiles = await simulatedTiles({ rows: ROWS, columns: COLUMNS });
    writeTiles(own.exportFolder, tiles);
    const first = startDaemonProcess(own, settings('next'));
    const summary = await listener.finalSummary();
    await first.end('SIGKILL');
    const moments = [0, 300, 900];
    for (const afterMs of moments) {
      const daemon = startDaemonProcess(own, settings('next'));
      await daemon.says('particled is up');
      await daemon.says('segmenter is ready', 2); // the shadow's own
      await delay(afterMs);
      await daemon.end('SIGKILL');
    }
    const last = startDaemonProcess(own, settings('next'));
    await last.says('particled is up');
    const { store, model } = await readable(own.storeFile);
    const counts = () => store.shadows.counts(model);
    await until('all to be segmented twice', () => counts().segmented === ROWS * COLUMNS);
    expect(counts()).toEqual({ waiting: 0, segmented: ROWS * COLUMNS, failed: 0 });
    const [run] = store.runs.all();
    const rows = store.shadows.ofRun(run!.id, model);
    expect(new Set(rows.map(({ tileId }) => tileId)).size).toBe(ROWS * COLUMNS);
    expect(rows.every(({ attempts, finding }) => attempts === 0 && finding !== null)).toBe(true);

    // The same tiles without one: the same figures, and nothing but them.
    const alone = await place();
    writeTiles(alone.own.exportFolder, tiles);
    startDaemonProcess(alone.own, alone.settings(null));
    const without = await alone.listener.finalSummary();
    expect(summary.statistics).toEqual(without.statistics);
    expect(summary.provenance.models).toEqual(without.provenance.models);
    expect(listener.tiles()).toHaveLength(ROWS * COLUMNS);
  });

  it('stops its process while a live tile is under way, lets it go on after, and leaves none behind', async () => {
    const { own, settings } = await place();
    const tiles = await simulatedTiles({ rows: ROWS, columns: COLUMNS });
    const one = { ...settings('next'), segmenter: { processes: 1, threadsPerProcess: 1 } };
    const start = async () => {
      const daemon = startDaemonProcess(own, one);
      await daemon.says('particled is up');
      await daemon.says('segmenter is ready', 2); // the shadow's own
      const [live, shadow] = daemon.segmenters() as [number, number];
      return { daemon, live, shadow };
    };
    /** A live tile that does not end as long as its segmenter is stopped. */
    const hold = async (live: number, shadow: number, tile: number) => {
      process.kill(live, 'SIGSTOP');
      writeTiles(own.exportFolder, tiles.slice(tile, tile + 1));
      await until('the shadow to be stopped', () => stateOf(shadow) === 'T');
    };
    writeTiles(own.exportFolder, tiles.slice(0, 1));
    const first = await start();
    const { store, model } = await readable(own.storeFile);
    await hold(first.live, first.shadow, 1);
    process.kill(first.live, 'SIGCONT');
    await until('both to be segmented twice', () => store.shadows.counts(model).segmented === 2);

    await hold(first.live, first.shadow, 2);
    await first.daemon.end('SIGKILL');
    const pids = [first.live, first.shadow];
    await until('both to be gone', () => pids.every((pid) => stateOf(pid) === 'gone'));

    const second = await start();
    await until('three to be segmented twice', () => store.shadows.counts(model).segmented === 3);
    await hold(second.live, second.shadow, 3);
    expect(await second.daemon.end('SIGTERM')).toBe(0);
    expect([second.live, second.shadow].map(stateOf)).toEqual(['gone', 'gone']);
  });

  it('goes on without it where its file is damaged under way, and says so', async () => {
    const { own, listener, shadow, settings } = await place();
    const tiles = await simulatedTiles({ rows: ROWS, columns: COLUMNS });
    const daemon = startDaemonProcess(own, settings('next'));
    await daemon.says('particled is up');
    writeFileSync(join(shadow, 'model.onnx'), 'damaged');
    writeTiles(own.exportFolder, tiles);
    expect(await listener.finalSummary()).toMatchObject({
      failedTiles: [],
      statistics: { tiles: ROWS * COLUMNS },
    });
    await daemon.says('shadow model: tile failed, tried again');
    const { store, model } = await readable(own.storeFile);
    await until('it to rest', () => daemon.stderr().includes('rests until the next start'));
    expect(store.shadows.counts(model).segmented).toBe(0);
    expect(daemon.log().some(({ msg }) => msg === 'particled is up')).toBe(true);
    // The health tells of no failure.
    const health = await until('a status', () => listener.statuses().at(-1));
    expect(health).not.toMatchObject({ health: 'failure' });
  });

  it('refuses to start where it is not installed, and leaves no queue where it is switched off', async () => {
    const { own, models, settings } = await place();
    const wrong = join(own.folder, 'wrong.yaml');
    writeFileSync(wrong, stringify(settings('netx')));
    const refused = await particled('run', '--config', wrong);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('models.shadow.model: netx is not installed');
    expect(refused.stderr).toContain('there are next, high, low');
    expect(existsSync(own.storeFile)).toBe(false);

    writeTiles(own.exportFolder, await simulatedTiles({ rows: 1, columns: 3 }));
    const daemon = startDaemonProcess(own, settings('next'));
    await daemon.says('tile segmented', 3);
    const { store, model } = await readable(own.storeFile);
    await daemon.end('SIGKILL');
    const off = startDaemonProcess(own, settings(null));
    await off.says('particled is up');
    expect(store.shadows.counts(model).waiting).toBe(0);
    await off.end('SIGTERM');

    const config = join(own.folder, 'serve.yaml');
    writeFileSync(config, `models:\n  folder: ${models}\nstore:\n  file: ${own.storeFile}\n`);
    const { code, stdout, stderr } = await particled('models', 'serve', 'next', '--config', config);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('low is set aside in');
    const listed = JSON.parse((await particled('models', '--json', '--config', config)).stdout);
    expect(listed.models.map(({ name }: { name: string }) => name)).toEqual(['next']);
    expect(listed.shadows).toEqual([]);
  });
});

async function readable(storeFile: string) {
  const store = stored(storeFile);
  const model = await until('a tile for the shadow', () => store.shadows.latestModel());
  return { store, model };
}
