import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type CorrectionsExportOptions, exportCorrections } from '../../src/commands/corrections/export.ts';
import { createReviewing } from '../../src/requests/reviewing.ts';
import { readPixels } from '../../src/watcher/image/pixels.ts';
import { exampleParticle, segmentedTile } from '../store/examples.ts';
import { premises } from '../support/premises.ts';
import { writeSmallTile } from '../support/small-tile.ts';
import { walkOn } from '../support/walk.ts';

const square = (left: number, top: number, side: number): number[][] => [
  [left, top, left + side, top, left + side, top + side, left, top + side],
];

/** Two tiles of 32 x 20 px, in each a piece of 4 x 4 px that is certain and one of 5 x 3 px that is not. */
async function twoTiles() {
  const place = premises();
  const walk = await walkOn(place, {
    segment: () => [
      { ...exampleParticle(16), boxPx: [2, 3, 4, 4] },
      { ...exampleParticle(15), boxPx: [20, 10, 5, 3], certain: false },
    ],
  });
  const paths = [0, 1].map((column) =>
    writeSmallTile(place.exportFolder, { column, name: `=t ${column}.tiff` }),
  );
  await walk.take(...paths);
  const { store, parts } = walk;
  const reviewing = createReviewing({ store, models: parts.models, changed: () => {} });
  const [first, second] = paths.map((path) => store.tiles.ofRun(1).find(({ file }) => file.path === path)!);
  const out = join(place.folder, 'corrected');
  return {
    ...{ out, paths, reviewing, walk },
    first: first!.file.contentHash,
    second: second!.file.contentHash,
    async exported(options: CorrectionsExportOptions = {}) {
      const said: string[] = [];
      for (const way of ['log', 'error'] as const) {
        const spy = vi.spyOn(console, way).mockImplementation((text: string) => void said.push(text));
        onTestFinished(() => spy.mockRestore());
      }
      await exportCorrections(parts.config, out, options);
      return { said, names: names() };
    },
    names,
    json: (file: string) => JSON.parse(readFileSync(join(out, file), 'utf8')),
  };

  function names(): string[] {
    return readdirSync(join(out, 'images')).map((file) => file.replace('.png', ''));
  }
}

describe('the export of corrections', () => {
  it('writes a corrected tile as it was photographed, with labels and verdicts of what corrections leave', async () => {
    const { out, paths, reviewing, first, exported, json } = await twoTiles();
    reviewing.correct(first, 'Ada', { kind: 'delete', of: 0 });
    reviewing.correct(first, 'Ada', { kind: 'draw', outlinePx: square(8, 1, 6), certain: true });
    const wrong = reviewing.correct(first, 'Bo', { kind: 'delete', of: 1 });
    reviewing.undo(first, wrong.id, 'Bo');
    const { said, names } = await exported();
    expect(said).toEqual([expect.stringMatching(/^1 of 1 corrected tiles with 2 particles written to /)]);
    expect(names).toEqual([`_t_0-${first.slice(0, 8)}`]);
    const [name] = names;
    const image = await readPixels(join(out, 'images', `${name}.png`), 0);
    expect(image).toEqual(await readPixels(paths[0]!, 0));
    expect(image).toMatchObject({ widthPx: 32, heightPx: 20 });

    const labels = await sharp(join(out, 'labels', `${name}.png`))
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer();
    const labelAt = (x: number, y: number) =>
      new Uint16Array(labels.buffer, labels.byteOffset, 640)[y * 32 + x];
    const truth = json(`truth/${name}.json`);
    expect(truth).toMatchObject({ contentHash: first, reviewers: ['Ada', 'Bo'], pixelSizeUm: 2.5 });
    const byNumber = new Map<number, { label: number }>(
      truth.particles.map((one: { number: number; label: number }) => [one.number, one]),
    );
    expect(byNumber.get(1)).toMatchObject({ verdict: 'uncertain', reviewer: null, areaVisiblePx: 15 });
    expect(byNumber.get(2)).toMatchObject({ verdict: 'certain', reviewer: 'Ada', areaVisiblePx: 36 });
    expect([...byNumber.keys()].sort()).toEqual([1, 2]);
    expect([labelAt(20, 10), labelAt(24, 12), labelAt(8, 1), labelAt(13, 6)]).toEqual([
      ...[byNumber.get(1)!.label, byNumber.get(1)!.label, byNumber.get(2)!.label, byNumber.get(2)!.label],
    ]);
    // The deleted one, and the pixels around the others.
    expect([labelAt(3, 4), labelAt(25, 10), labelAt(7, 1), labelAt(14, 6)]).toEqual([0, 0, 0, 0]);
  });

  it('writes the same for programs that read COCO', async () => {
    const { reviewing, first, exported, json } = await twoTiles();
    reviewing.correct(first, 'Ada', { kind: 'draw', outlinePx: square(8, 1, 6), certain: true });
    const { names } = await exported();
    const coco = json('coco.json');
    expect(coco.categories).toEqual([{ id: 1, name: 'particle', supercategory: '' }]);
    expect(coco.images).toEqual([{ id: 1, file_name: `images/${names[0]}.png`, width: 32, height: 20 }]);
    expect(coco.annotations).toHaveLength(3);
    expect(coco.annotations).toContainEqual(
      expect.objectContaining({
        ...{ image_id: 1, category_id: 1, iscrowd: 0, segmentation: square(8, 1, 6), area: 36 },
        ...{ bbox: [8, 1, 6, 6], attributes: { certain: true, reviewer: 'Ada' } },
      }),
    );
    expect(
      coco.annotations.filter((one: { attributes: object }) => 'certain' in one.attributes),
    ).toHaveLength(3);
  });

  it('takes tiles of a sample, a run, a reviewer or of some days', async () => {
    const { reviewing, first, second, exported } = await twoTiles();
    reviewing.correct(first, 'Ada', { kind: 'delete', of: 0 });
    reviewing.correct(second, 'Bo', { kind: 'delete', of: 0 });
    expect((await exported()).names).toHaveLength(2);
    expect((await exported({ reviewer: 'Bo' })).names).toEqual([`_t_1-${second.slice(0, 8)}`]);
    expect((await exported({ sample: 'powder', since: '2020-01-01' })).names).toHaveLength(2);
    await expect(exported({ reviewer: 'Cy' })).rejects.toThrow('no tile is corrected (--reviewer Cy)');
    await expect(exported({ run: 'none' })).rejects.toThrow('no tile is corrected (--run none)');
    await expect(exported({ since: '2999-01-01' })).rejects.toThrow('no tile is corrected');
    await expect(exported({ since: 'monday' })).rejects.toThrow('--since monday: is no date');
  });

  it('lists the tiles that it cannot write, with the reason, and writes the others', async () => {
    const { reviewing, first, second, paths, exported, json } = await twoTiles();
    reviewing.correct(first, 'Ada', { kind: 'delete', of: 0 });
    reviewing.correct(second, 'Ada', { kind: 'delete', of: 0 });
    rmSync(paths[0]!);
    const { said, names } = await exported();
    expect(names).toEqual([`_t_1-${second.slice(0, 8)}`]);
    expect(said[0]).toMatch(/=t 0.*: left out: its file cannot be read: /);
    expect(said[1]).toMatch(/^1 of 2 corrected tiles with 1 particles/);
    expect(json('tiles.json')).toMatchObject({
      tiles: [{ name: names[0], particles: 1, covered: 0 }],
      leftOut: [{ file: paths[0], reason: expect.stringMatching(/^its file cannot be read/) }],
    });
    writeFileSync(paths[1]!, 'something else');
    await expect(exported()).rejects.toThrow('none of 2 corrected tiles can be written');
    expect(json('tiles.json').leftOut[1].reason).toMatch(/^its file holds something else now/);
  });

  it('leaves out what was said of an earlier result of a tile, and tiles without outlines', async () => {
    const { reviewing, walk, first, second, exported } = await twoTiles();
    reviewing.correct(first, 'Ada', { kind: 'delete', of: 0 });
    reviewing.correct(second, 'Ada', { kind: 'delete', of: 0 });
    const { store } = walk;
    const { id } = store.tiles.withContent(first)!;
    store.results.askAgain(1, { model: null, thresholds: {}, underWay: true }, [id]);
    store.results.recordResult(id, segmentedTile([exampleParticle(1), exampleParticle(2)], null), []);
    expect((await exported()).said[0]).toMatch(
      /: left out: its corrections are of an earlier result; it was segmented again since, so correct it anew$/,
    );
    reviewing.correct(first, 'Ada', { kind: 'delete', of: 0 });
    expect((await exported()).said[0]).toMatch(
      /: left out: its outlines are not kept: an older version segmented it$/,
    );
  });

  it('renews an earlier export, and touches no other folder', async () => {
    const { out, reviewing, first, second, exported } = await twoTiles();
    const { id } = reviewing.correct(first, 'Ada', { kind: 'delete', of: 0 });
    reviewing.correct(second, 'Ada', { kind: 'delete', of: 0 });
    const [gone] = (await exported()).names;
    reviewing.undo(first, id, 'Ada');
    expect((await exported()).names).toEqual([`_t_1-${second.slice(0, 8)}`]);
    for (const file of [`labels/${gone}.png`, `truth/${gone}.json`]) {
      expect(existsSync(join(out, file))).toBe(false);
    }
    rmSync(join(out, 'tiles.json'));
    await expect(exported()).rejects.toThrow(`${out}: is not empty and holds no earlier export (tiles.json)`);
    writeFileSync(join(out, 'tiles.json'), '{"tiles":[{"name":"../../x"}]}');
    await expect(exported()).rejects.toThrow('is no list of this command; give another folder');
  });

  it('shows a small piece on top of a large one, and counts one that nothing is left of', async () => {
    const { reviewing, first, exported, json } = await twoTiles();
    reviewing.correct(first, 'Ada', { kind: 'draw', outlinePx: square(0, 0, 12), certain: true });
    reviewing.correct(first, 'Ada', { kind: 'draw', outlinePx: square(0, 0, 12), certain: true });
    const { names } = await exported();
    const areas = json(`truth/${names[0]}.json`).particles.map(
      (one: { number: number; areaVisiblePx: number }) => [one.number, one.areaVisiblePx],
    );
    // Of 12 x 12 px the piece of 4 x 4 px covers 16; the second of the same outline is covered by the first.
    expect(new Map(areas)).toEqual(
      new Map([
        [1, 15],
        [0, 16],
        [2, 144 - 16],
      ]),
    );
    expect(json('tiles.json').tiles[0]).toMatchObject({ particles: 3, covered: 1 });
  });
});
