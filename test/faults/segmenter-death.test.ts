import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { silentLogger } from '../../src/logger.ts';
import { startSegmenterPool } from '../../src/segmenter/pool.ts';
import { type DaemonProcess, startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { type Listener, listen } from '../support/listener.ts';
import { premises, type Settings, settingsFor } from '../support/premises.ts';
import { simulatedTiles, strip, type TileBytes, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

/**
 * One tile of usual shape, which keeps the one segmenter busy long enough to be met there, and three quick
 * ones of another sample.
 */
async function slowTileAndThree(): Promise<{ slow: TileBytes; quick: TileBytes[] }> {
  const [slow] = await simulatedTiles({ rows: 1, columns: 1, widthPx: 480, heightPx: 480, sampleLabel: 'a' });
  return { slow: slow!, quick: await simulatedTiles({ ...strip, rows: 1, columns: 3, sampleLabel: 'b' }) };
}

interface Scene {
  readonly listener: Listener;
  readonly daemon: DaemonProcess;
  readonly slow: string;
}

/** A daemon whose segmenter is frozen while it has the slow tile, with three tiles waiting. */
async function segmenterAtWork(changes: Settings = {}): Promise<Scene> {
  const broker = await startedBroker();
  const listener = await listen(broker.url);
  const place = premises();
  const daemon = startDaemonProcess(
    place,
    settingsFor(place, {
      mqtt: publishingTo(broker),
      grid: { rows: 1, columns: 1, stallAfterS: 2 },
      ...changes,
    }),
  );
  await daemon.says('particled is up');
  const { slow, quick } = await slowTileAndThree();
  writeTiles(place.exportFolder, [slow]);
  await daemon.says('tile seen');
  signalSegmenter(daemon, 'SIGSTOP'); // there it stays
  writeTiles(place.exportFolder, quick);
  await daemon.says('tile seen', 4);
  return { listener, daemon, slow: slow.file };
}

function signalSegmenter(daemon: DaemonProcess, signal: NodeJS.Signals): void {
  const [segmenter] = daemon.segmenters();
  if (segmenter === undefined) throw new Error('there is no segmenter process');
  process.kill(segmenter, signal);
}

/** The last final summary of each sample. */
async function outcomes({ listener, daemon }: Scene) {
  const last = (label: string) =>
    listener.summaries().findLast(({ final, sample }) => final && sample.label === label);
  await until('both samples final', () => last('a') && last('b')?.statistics.tiles === 3, {
    describe: daemon.stderr,
  });
  return { a: last('a')!, b: last('b')! };
}

describe('a segmenter that is killed while it has a tile', () => {
  it('is replaced, and the tile is tried again and counted once', async () => {
    const scene = await segmenterAtWork();
    const { listener, daemon, slow } = scene;
    signalSegmenter(daemon, 'SIGKILL');
    await daemon.says('tile failed, tried again');
    const { a, b } = await outcomes(scene);
    expect(a).toMatchObject({ statistics: { tiles: 1 }, failedTiles: [] });
    expect(b).toMatchObject({ statistics: { tiles: 3 }, failedTiles: [] });
    const ofSlow = listener.tiles().filter(({ tile }) => tile.file === slow);
    expect(ofSlow).toMatchObject([{ outcome: 'segmented' }]);
    const [failure] = daemon.log().filter(({ msg }) => msg === 'tile failed, tried again');
    expect(failure).toMatchObject({
      attempt: 1,
      reason: expect.stringMatching(/segmenter process died \(SIGKILL\)$/),
    });
  });

  it('each time it has that tile gives it up after the configured attempts, and the rest go on', async () => {
    const scene = await segmenterAtWork({ segmenter: { attempts: 2 } });
    const { listener, daemon, slow } = scene;
    signalSegmenter(daemon, 'SIGKILL');
    // Tried again after the three others, and nothing else is left then.
    await daemon.says('tile segmented', 3);
    signalSegmenter(daemon, 'SIGKILL');
    await daemon.says('tile given up');
    const { a, b } = await outcomes(scene);
    const reason = expect.stringMatching(/segmenter process died \(SIGKILL\)$/);
    expect(a).toMatchObject({
      ...{ final: true, state: 'complete', statistics: { tiles: 0, all: { count: 0 } } },
      ...{ failedTiles: [{ file: slow, reason }], coverage: { tilesPresent: 1 } },
    });
    expect(b).toMatchObject({ statistics: { tiles: 3 }, failedTiles: [] });
    expect(listener.tiles().filter(({ outcome }) => outcome === 'failed')).toMatchObject([
      { tile: { file: slow }, reason, particles: null },
    ]);
    expect(listener.setAside()).toMatchObject([{ file: slow, code: 'segmenter-failed', reason }]);
  });
});

describe('a segmenter that hangs', () => {
  it('is killed after the configured time, and costs no other tile an attempt', async () => {
    const scene = await segmenterAtWork({ segmenter: { attempts: 1, timeoutS: 10 } });
    const { a, b } = await outcomes(scene);
    const reason = expect.stringContaining('segmenting took over 10000 ms, process killed');
    expect(a).toMatchObject({ failedTiles: [{ file: scene.slow, reason }] });
    expect(b).toMatchObject({ statistics: { tiles: 3 }, failedTiles: [] });
  });
});

describe('a segmenter that cannot be replaced', () => {
  it('leaves its tiles waiting until it can, and says why', async () => {
    const { folder } = premises();
    const models = join(folder, 'models');
    cpSync(packagedModelsFolder, models, { recursive: true });
    const scene = await segmenterAtWork({
      ...{ models: { folder: models }, segmenter: { attempts: 2 } },
    });
    const { daemon } = scene;
    const file = join(models, 'low', 'model.onnx');
    renameSync(file, `${file}.away`);
    writeFileSync(file, readFileSync(`${file}.away`).subarray(0, 1000));
    signalSegmenter(daemon, 'SIGKILL');
    await daemon.says('cannot go on for now; tried again');
    expect(daemon.log().find(({ msg }) => msg.startsWith('cannot go on'))).toMatchObject({
      err: expect.stringMatching(
        /^no segmenter process: .*model\.onnx: SHA-256 is .*install the model again$/,
      ),
    });
    const status = () => scene.listener.statuses().at(-1);
    await until('the health of a failure', () => status()?.health === 'failure');
    expect(status()?.reasons).toEqual([expect.stringMatching(/^tiles wait: no segmenter process: /)]);
    renameSync(`${file}.away`, file);
    const { a, b } = await outcomes(scene);
    await until('normal health', () => status()?.health === 'normal');
    expect(a).toMatchObject({ statistics: { tiles: 1 }, failedTiles: [] });
    expect(b).toMatchObject({ statistics: { tiles: 3 }, failedTiles: [] });
  });
});

describe('a segmenter that the system does not start', () => {
  it('is said to be missing, and takes nothing down with it', async () => {
    const { execPath } = process;
    onTestFinished(() => {
      process.execPath = execPath;
    });
    process.execPath = '/nowhere/node';
    const pool = startSegmenterPool({
      entry: new URL('../../src/segmenter/process.ts', import.meta.url),
      ...{ processes: 1, threadsPerProcess: 1, modelsFolder: packagedModelsFolder, polarity: 'bright' },
      ...{ timeoutMs: 10_000, logger: silentLogger },
    });
    await expect(pool).rejects.toThrow(
      /^no segmenter process: (spawn \/nowhere\/node ENOENT|it ended before it was ready \(exit code 127\))$/,
    );
  });
});
