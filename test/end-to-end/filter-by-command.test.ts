import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { controllerAt } from '../publish/asking.ts';
import { freePort } from '../publish/mosquitto.ts';
import { particledWith } from '../support/command.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { type Listener, listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

const round = 'circularity >= 0.85';

it('a filter that a controller asks for over the embedded broker counts anew, and survives a kill -9', async () => {
  const place = premises();
  const port = await freePort();
  const url = `mqtt://127.0.0.1:${port}`;
  const settings = settingsFor(place, {
    ...{ mqtt: { broker: 'embedded', port, summaryIntervalS: 0.3 }, grid: { rows: 2, columns: 3 } },
    statistics: { border: 'weight' },
  });
  const first = startDaemonProcess(place, settings);
  await first.says('particled is up');
  const listener = await listen(url, 'particled/#', 4);
  const controller = await controllerAt(url, { protocolVersion: 4 });
  writeTiles(place.exportFolder, await simulatedTiles({ rows: 2, columns: 3 }));
  const before = await listener.finalSummary();

  const wrong = await controller.ask('reanalyse', { sample: before.sample.label, filter: 'round > 1' });
  expect(wrong).toMatchObject({
    accepted: false,
    reason: expect.stringContaining('filter: "round > 1" is refused: at character 1 stands "round"'),
  });
  const answer = await controller.ask('reanalyse', { sample: before.sample.label, filter: round });
  expect(answer, JSON.stringify(answer)).toMatchObject({
    accepted: true,
    result: { tiles: 0, unchanged: 6, filter: round },
  });
  const filtered = await revisionOf(listener, before.revision + 1);
  expectEffect(filtered, before);
  expect(first.log().filter(({ msg }) => msg === 'tile segmented')).toHaveLength(6);

  await first.end('SIGKILL');
  const second = startDaemonProcess(place, settings);
  await second.says('particled is up');
  // What is segmented again by another threshold is counted by the filter that was asked for before.
  const thresholds = { smallestAreaPx: 400 };
  expect(await controller.ask('reanalyse', { sample: before.sample.label, thresholds })).toMatchObject({
    result: { tiles: 6, filter: round },
  });
  const after = await revisionOf(listener, filtered.revision + 1);
  expect(after.provenance.models).toMatchObject([{ thresholds }]);
  expect(after.statistics).toMatchObject({ tiles: 6, filter: { expression: round, from: 'request' } });
  await controller.ask('reanalyse', { sample: before.sample.label, filter: null });
  const dropped = await revisionOf(listener, after.revision + 1);
  expect(dropped.statistics).not.toHaveProperty('filter');
  expect(dropped.statistics.all.count).toBe(after.statistics.filter?.unfiltered.count);

  // The same from the command line, beside the daemon, changes nothing of what is published.
  const out = join(place.folder, 'filtered');
  const variables = { PARTICLED_STORE_FILE: place.storeFile, PARTICLED_STATISTICS_BORDER: 'weight' } as const;
  const words = ['report', '--sample', before.sample.label, '--filter', round, '--out', out, '--json'];
  const command = await particledWith(variables, ...words);
  expect(command.code, command.stderr).toBe(0);
  const { folder } = JSON.parse(command.stdout);
  const written = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));
  expect(written.statistics.all.count).toBe(after.statistics.all.count);
  expect(written.statistics.filter).toMatchObject({ expression: round });
  expectFilesToSay(folder, written);
  expect(listener.summaries().at(-1)?.revision).toBe(dropped.revision);
});

/** Table and page of a sample say what its summary does. */
function expectFilesToSay(folder: string, { statistics: { filter, all } }: Summary): void {
  const [head, ...rows] = readFileSync(join(folder, 'particles.csv'), 'utf8').trim().split('\r\n');
  const passes = head!.split(',').indexOf('passesFilter');
  expect(rows).toHaveLength(filter!.unfiltered.count);
  expect(rows.filter((row) => row.split(',')[passes] === 'true')).toHaveLength(all.count);
  const pieces = readFileSync(join(folder, 'pieces.csv'), 'utf8');
  expect(pieces.match(/,filtered out,/g)).toHaveLength(filter!.particlesLeftOut);
  const page = readFileSync(join(folder, 'report.html'), 'utf8');
  expect(page).toContain(
    `Only particles with circularity &gt;= 0.85 count, as a command asked: ${filter!.particlesLeftOut} of ${filter!.unfiltered.count} particles`,
  );
}

type Summary = ReturnType<Listener['summaries']>[number];

async function revisionOf(listener: Listener, revision: number): Promise<Summary> {
  const found = () => listener.summaries().find((summary) => summary.final && summary.revision === revision);
  await until(`revision ${revision}`, () => found() !== undefined);
  return found()!;
}

/** With the filter fewer particles than before, without it those of before. */
function expectEffect({ statistics }: Summary, { statistics: before }: Summary): void {
  const { filter, all } = statistics;
  expect(filter).toMatchObject({ expression: round, from: 'request' });
  expect(all.count).toBeGreaterThan(0);
  expect(filter?.particlesLeftOut).toBeGreaterThan(0);
  expect(all.count + (filter?.particlesLeftOut ?? 0)).toBe(before.all.count);
  const sizes = before.all.diameterEquivalentUm!;
  expect(filter?.unfiltered).toMatchObject({
    count: before.all.count,
    diameterUm: { mean: sizes.mean, d10: sizes.d10, d50: sizes.d50, d90: sizes.d90 },
  });
}
