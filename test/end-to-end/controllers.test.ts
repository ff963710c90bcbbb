import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { environment, gone } from '../support/command.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

const interpreter = resolve(process.env.TRAINING_PYTHON ?? '.venv/bin/python');
const grid = { rows: 6, columns: 8, sampleLabel: 'Li/Co O2' };
const tilesOfGrid = 48;

describe.each([
  ['controller.ts', process.execPath],
  ['controller.py', interpreter],
])('the example %s', (script, program) => {
  it('stops the scan once the D50 is known well enough, and picks the next temperature', async () => {
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
    const controller = start(program, script, [broker.url, 'test', grid.sampleLabel, '800', '0.25']);
    await daemon.says('command carried out');
    const written = await scan(broker.url, place.exportFolder, () => listener.tiles().length);

    expect(await controller.ended, controller.stderr()).toBe(0);
    const summary = await listener.finalSummary();
    expect(written).toBeLessThan(tilesOfGrid);
    expect(summary).toMatchObject({ state: 'stalled', sufficiency: { sufficient: true } });
    expect(summary.statistics.tiles).toBeLessThanOrEqual(written);
    expect(summary.coverage.tilesExpected).toBe(tilesOfGrid);
    const { decision } = summary;
    expect(decision?.target).toEqual({ d50Um: { min: 4, max: 6 }, probability: 0.95 });

    const said = JSON.parse(await controller.stdout);
    const d50Um = summary.statistics.all.diameterEquivalentUm!.d50.value;
    expect(said).toMatchObject({ tiles: summary.statistics.tiles, d50Um, verdict: decision?.verdict });
    // 20 degrees down where the grains are too large, up where they are too small, else as it was.
    const step = decision?.verdict !== 'reject' ? 0 : d50Um > 6 ? -20 : 20;
    expect(said.nextTemperatureC).toBe(800 + step);
    expect(controller.stderr()).toBe('');
  });
});

/** A simulated microscope: writes tile after tile until `lab/scan/stop` comes; gives how many it wrote. */
async function scan(url: string, folder: string, segmented: () => number): Promise<number> {
  const client = await connectAsync(url, { protocolVersion: 5 });
  onTestFinished(() => client.endAsync(true));
  let stopped = false;
  client.on('message', () => {
    stopped = true;
  });
  await client.subscribeAsync('lab/scan/stop', { qos: 1 });
  const tiles = await simulatedTiles(grid);
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
