import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { publishingTo, startedBroker } from '../support/external-broker.ts';
import { type Listener, listen } from '../support/listener.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, type TileBytes, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

describe('a tile that comes after its run has stalled', () => {
  it('makes a new revision that supersedes, and what comes later changes only what it must', async () => {
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const place = premises();
    const grid = { rows: 2, columns: 2, stallAfterS: 3 };
    const daemon = startDaemonProcess(place, settingsFor(place, { mqtt: publishingTo(broker), grid }));
    const tiles = await simulatedTiles({ rows: 2, columns: 2, order: 'raster' });
    writeTiles(place.exportFolder, tiles.slice(0, 3));
    const stalled = await listener.finalSummary(1);
    expect(stalled).toMatchObject({ state: 'stalled', statistics: { tiles: 3 } });
    expect(stalled.coverage).toMatchObject({ missing: [{ row: 1, column: 1 }], tilesUnseen: 0 });

    // The missing tile comes late.
    writeTiles(place.exportFolder, tiles.slice(3));
    const late = await listener.finalSummary(2);
    expect(late).toMatchObject({ state: 'complete', statistics: { tiles: 4 }, run: stalled.run });
    expect(late.coverage).toMatchObject({ tilesPresent: 4, missing: [] });
    expect(late.revision).toBeGreaterThan(stalled.revision);

    // A copy of a tile is no tile: nothing is said of it. A marker behind it tells when it has been looked at.
    const before = listener.heard.length;
    copyFileSync(join(place.exportFolder, tiles[0]!.file), join(place.exportFolder, 'copy.tiff'));
    await setAside(listener, place.exportFolder, 'marker1.tif');
    expect(listener.heard.slice(before).map(({ topic }) => topic)).toEqual(['particled/test/set-aside']);

    // The same path with new pixels: the finished result stays, and the new image begins a run of its own.
    const [again] = await simulatedTiles({ rows: 1, columns: 1, seed: 2 });
    expect(again!.file).toBe(tiles[0]!.file);
    writeTiles(place.exportFolder, [again!]);
    const rewritten = await listener.finalSummary(3);
    expect(rewritten).toMatchObject({ state: 'stalled', statistics: { tiles: 1 } });
    expect(rewritten.run).not.toBe(stalled.run);
    const messages = listener.tiles().filter(({ tile }) => tile.file === again!.file);
    expect(messages).toHaveLength(2);
    expect(messages[0]!.tile.contentHash).not.toBe(messages[1]!.tile.contentHash);

    // Renamed over an existing path; then every file is lost. The first run stands as it was.
    const [renamed] = await simulatedTiles({ rows: 1, columns: 1, seed: 3 });
    writeFileSync(join(place.folder, 'elsewhere'), renamed!.bytes);
    renameSync(join(place.folder, 'elsewhere'), join(place.exportFolder, renamed!.file));
    expect(await listener.finalSummary(4)).toMatchObject({ statistics: { tiles: 1 } });
    for (const { file } of tiles) rmSync(join(place.exportFolder, file));
    await setAside(listener, place.exportFolder, 'marker2.tif');
    const ofFirst = listener.summaries().filter(({ run }) => run === stalled.run);
    expect(ofFirst.at(-1)).toEqual(late);
    expect(daemon.stderr()).not.toContain('"level":50');
  });
});

describe('samples that arrive together in one folder', () => {
  it('are separate runs: two labels interleaved, and one label at two magnifications', async () => {
    const broker = await startedBroker();
    const listener = await listen(broker.url);
    const place = premises();
    startDaemonProcess(
      place,
      settingsFor(place, { mqtt: publishingTo(broker), grid: { rows: 1, columns: 2 } }),
    );
    const size = { rows: 1, columns: 2 };
    const named = (prefix: string, tiles: TileBytes[]): TileBytes[] =>
      tiles.map(({ file, bytes }, index) => ({ file: `${index}_${prefix}_${file}`, bytes }));
    const sets = [
      named('x', await simulatedTiles({ ...size, sampleLabel: 'one' })),
      named('y', await simulatedTiles({ ...size, sampleLabel: 'other', seed: 2 })),
      // Half the field is twice the magnification, of the same sample at the same place.
      named('z', await simulatedTiles({ ...size, sampleLabel: 'one', fieldWidthUm: 40 })),
    ];
    writeTiles(
      place.exportFolder,
      [0, 1].flatMap((column) => sets.map((tiles) => tiles[column]!)),
    );
    await listener.finalSummary(3);
    const finals = listener.summaries().filter(({ final }) => final);
    const facts = finals.map(({ sample, provenance, statistics }) => ({
      label: sample.label,
      pixelSizesNm: provenance.pixelSizesNm,
      tiles: statistics.tiles,
    }));
    expect(facts.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))).toEqual([
      { label: 'one', pixelSizesNm: [125], tiles: 2 },
      { label: 'one', pixelSizesNm: [250], tiles: 2 },
      { label: 'other', pixelSizesNm: [250], tiles: 2 },
    ]);
    expect(new Set(finals.map(({ sample, run }) => `${sample.id}/${run}`)).size).toBe(3);
  });
});

/** Writes a file that is no image and waits until it was set aside: what came before it was looked at too. */
async function setAside(listener: Listener, folder: string, name: string): Promise<void> {
  writeFileSync(join(folder, name), 'a marker');
  await until(`${name} set aside`, () => listener.setAside().some(({ file }) => file === name));
}
