import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { environment, gone, particledWith } from '../support/command.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, type TileBytes } from '../support/tiles.ts';
import { until } from '../support/until.ts';

const interpreter = resolve(process.env.TRAINING_PYTHON ?? '.venv/bin/python');
const tilesOfGrid = 48;

/** 6 x 8 tiles of a powder of nearly one size; the controllers want a D50 from 4 to 6 um. */
function gridOf(diameterMedianUm: number) {
  return {
    ...{ rows: 6, columns: 8, heightPx: 128, sampleLabel: 'Li/Co O2' },
    sizeDistribution: {
      kind: 'log-normal',
      ...{ diameterMedianUm, geometricStandardDeviation: 1.15 },
      ...{ diameterMinUm: diameterMedianUm / 2, diameterMaxUm: diameterMedianUm * 2 },
    },
  } as const;
}

describe.each([
  { script: 'controller.ts', program: process.execPath, diameterUm: 9, nextTemperatureC: 780 },
  { script: 'controller.py', program: interpreter, diameterUm: 2.5, nextTemperatureC: 820 },
])('the example $script', ({ script, program, diameterUm, nextTemperatureC }) => {
  it(`stops the scan once the D50 is known, and goes on at ${nextTemperatureC} instead of 800 degrees`, async () => {
    if (!existsSync(program)) {
      throw new Error(
        `${program}: no Python; make it as training/README.md says, or name another in TRAINING_PYTHON`,
      );
    }
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const place = premises();
    const settings = settingsFor(place, {
      ...{ mqtt: publishingTo(broker), grid: { rows: 6, columns: 8 } },
      precision: { tilesMin: 4 },
    });
    const daemon = startDaemonProcess(place, settings);
    await daemon.says('particled is up');
    const grid = gridOf(diameterUm);
    const controller = start(program, script, [broker.url, 'test', grid.sampleLabel, '800', '0.1']);
    await daemon.says('command carried out');
    const tiles = await simulatedTiles(grid);
    const written = await scan(broker.url, place.exportFolder, tiles, () => listener.tiles().length);

    expect(await controller.ended, controller.stderr()).toBe(0);
    const summary = await listener.finalSummary();
    expect(written).toBeLessThan(tilesOfGrid);
    expect(summary).toMatchObject({ state: 'finalised', sufficiency: { sufficient: true }, reimage: [] });
    expect(summary.finalised).toMatchObject({ by: `examples/${script}`, reason: 'D50 known to 10 %' });
    await until('how it ended', () => listener.progress().at(-1)?.state === 'finalised');
    expect(summary.statistics.tiles).toBeLessThanOrEqual(written);
    expect(summary.coverage.tilesExpected).toBe(tilesOfGrid);
    const target = { d50Um: { min: 4, max: 6 }, probability: 0.95 };
    expect(summary.decision).toMatchObject({ verdict: 'reject', target });
    expect(JSON.parse(await controller.stdout)).toEqual({
      tiles: summary.statistics.tiles,
      d50Um: summary.statistics.all.diameterEquivalentUm?.d50.value,
      verdict: 'reject',
      nextTemperatureC,
    });
    expect(controller.stderr()).toBe('');
  });
});

describe('the night in which the example controller.py ended an accepted sample', () => {
  it('has a mail in which nothing needs a look', async () => {
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const place = premises();
    const settings = settingsFor(place, {
      ...{ mqtt: publishingTo(broker), grid: { rows: 6, columns: 8 } },
      precision: { tilesMin: 4 },
    });
    const daemon = startDaemonProcess(place, settings);
    await daemon.says('particled is up');
    const grid = gridOf(5);
    const words = [broker.url, 'test', grid.sampleLabel, '800', '0.1'];
    const controller = start(interpreter, 'controller.py', words);
    await daemon.says('command carried out');
    const tiles = await simulatedTiles(grid);
    const written = await scan(broker.url, place.exportFolder, tiles, () => listener.tiles().length);
    expect(await controller.ended, controller.stderr()).toBe(0);
    expect(written).toBeLessThan(tilesOfGrid);
    // Tiles that were on their way make revisions of their own.
    await until('all measured', () => listener.tiles().length === written);
    await until('the last revision', () => listener.summaries().at(-1)?.statistics.tiles === written);
    expect(listener.summaries().at(-1)).toMatchObject({ final: true, state: 'finalised' });

    const variables = { PARTICLED_STORE_FILE: place.storeFile, PARTICLED_INSTRUMENT_NAME: 'test' };
    const report = await particledWith(
      variables,
      ...['report', '--date', 'tonight', '--out', place.folder, '--json'],
    );
    expect(report.code, report.stderr).toBe(0);
    const { subject, files } = JSON.parse(report.stdout);
    expect(subject).toMatch(/: 1 sample$/);
    const text = readFileSync(files[1], 'utf8');
    expect(text).toContain('1 sample: 1 in order.');
    expect(text).toContain(`Ended on request by examples/controller.py after ${written} of 48 tiles`);
    expect(text).not.toContain('never came');
  });
});

/** A simulated microscope: writes tile after tile until `lab/scan/stop` comes; gives how many it wrote. */
async function scan(
  url: string,
  folder: string,
  tiles: readonly TileBytes[],
  segmented: () => number,
): Promise<number> {
  const client = await connectAsync(url, { protocolVersion: 5 });
  onTestFinished(() => client.endAsync(true));
  let stopped = false;
  client.on('message', () => {
    stopped = true;
  });
  await client.subscribeAsync('lab/scan/stop', { qos: 1 });
  for (const [written, { file, bytes }] of tiles.entries()) {
    // No faster than the daemon, on however slow a machine.
    await until('the tiles before', () => stopped || segmented() >= written - 2);
    if (stopped) return written;
    writeFileSync(join(folder, file), bytes);
    await delay(100);
  }
  return tiles.length;
}

function start(program: string, script: string, words: readonly string[]) {
  const child = spawn(program, [join('examples', script), ...words], { env: environment() });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    stderr += piece;
  });
  const stdout = text(child.stdout);
  return { stdout, stderr: () => stderr, ended: gone(child).then(() => child.exitCode) };
}
