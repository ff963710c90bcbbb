import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { createLogger } from '../../src/logger.ts';
import { FRAME_RGB } from '../../src/report/outline-colours.ts';
import { simulateAcquisition } from '../../src/simulator/acquisition/simulate-acquisition.ts';
import { virtualSample } from '../../src/simulator/acquisition/virtual-sample.ts';
import { createPipeline } from '../../src/walk/pipeline.ts';
import { startParts } from '../../src/walk/start-parts.ts';
import { startBrowser } from './chromium.ts';

const root = mkdtempSync(join(tmpdir(), 'particled-browser-'));
/** Of the one run. */
let folder: string;

/** Two tiles of the virtual powder go the whole way: model, store, outlines alone kept, report process. */
beforeAll(async () => {
  const tiles = join(root, 'export');
  mkdirSync(tiles);
  await simulateAcquisition({
    ...virtualSample(1, 0),
    folder: tiles,
    rows: 1,
    columns: 2,
    now: () => new Date(),
    threads: 1,
  });
  const reports = join(root, 'reports');
  const config = configSchema.parse({
    watch: { folder: tiles },
    grid: { rows: 1, columns: 2 },
    segmenter: { processes: 1, threadsPerProcess: 1 },
    statistics: { resamples: 100 },
    store: { file: join(root, 'particled.db') },
    report: { folder: reports },
  });
  const logger = createLogger({ level: 'warn' });
  const parts = await startParts(config, logger);
  const pipeline = createPipeline({ ...parts, config, logger, onMessage: () => {} });
  for (const name of readdirSync(tiles)) if (name.endsWith('.tiff')) pipeline.arrive(join(tiles, name));
  await pipeline.finish();
  await parts.close();
  const sample = readdirSync(reports).find((name) => statSync(join(reports, name)).isDirectory());
  const [run] = readdirSync(join(reports, sample!));
  folder = join(reports, sample!, run!);
}, 300_000);
afterAll(() => rmSync(root, { recursive: true }));

async function openReport(): Promise<Page> {
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 1300, height: 900 } });
  await page.goto(pathToFileURL(join(folder, 'report.html')).href);
  return page;
}

/** Rows of a table whose texts hold no separator. */
function rowsOf(name: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(join(folder, name), 'utf8').trimEnd().split('\r\n');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(head.split(',').map((column, at) => [column, cells[at] ?? '']));
  });
}

/** What the page of a tile shows of the piece that it was opened for. */
async function shownPiece(page: Page) {
  const row = page.locator('tr:target');
  const [piece, particle] = await row.locator('th, td').allTextContents();
  return {
    ...{ tile: await page.textContent('h1'), piece, particle },
    isEnlarged: await page.locator('tr:target + tr svg.part').isVisible(),
    isInView: await page.evaluate<boolean>(`(() => {
      const { top, bottom } = document.querySelector('tr:target').getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    })()`),
    /** The pieces that stand in a frame in the whole tile, and its colour. */
    framed: await page.evaluate<
      [piece: string, stroke: string][]
    >(`[...document.querySelectorAll('.numbers a')]
      .map((a) => [a.querySelector('text').textContent, getComputedStyle(a.querySelector('rect')).stroke])
      .filter(([, stroke]) => stroke !== 'none')`),
  };
}

const found = { isEnlarged: true, isInView: true };
const frameOf = (piece: string | undefined) => [[piece, `rgb(${FRAME_RGB.join(', ')})`]];

describe('who doubts a figure, on the page that a real run leaves', () => {
  it('walks from a bar of the histogram to a particle in its overlay, by keyboard alone', async () => {
    const page = await openReport();
    const bar = page.locator('nav.bars a').first();
    expect(await bar.getAttribute('aria-label')).toMatch(/ to [\d.]+\s*µm: \d+ particles?, /);
    await bar.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/classes\/from-[\d.]+-um\.html$/);
    // The first class begins with the smallest particle: number 0.
    const [smallest] = rowsOf('particles.csv');
    const row = page.locator('section:has(.rows) tbody tr').first();
    expect(await row.locator('th').textContent()).toBe('0');
    expect(await row.locator('td').last().textContent()).toBe(smallest!.pieces);
    await row.locator('a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/tiles\/[^/]+\.html#p\d+$/);
    const shown = await shownPiece(page);
    expect(shown).toMatchObject({ ...found, tile: smallest!.tile, particle: '0' });
    expect(shown.framed).toEqual(frameOf(shown.piece));
    expect(smallest!.pieces).toBe(`${shown.tile} ${shown.piece}`);
  });

  it('walks from a gallery to a particle in its overlay, and back to the figures', async () => {
    const page = await openReport();
    const particles = rowsOf('particles.csv');
    const figure = page.locator('#largest + .crops figure').first();
    const caption = (await figure.locator('figcaption').textContent())?.replaceAll('\u00a0', ' ');
    expect(caption).toContain(`Particle ${particles.length - 1}, `);
    await figure.locator('a:has(img)').click();
    const shown = await shownPiece(page);
    expect(shown).toMatchObject({
      ...found,
      tile: particles.at(-1)!.tile,
      particle: String(particles.length - 1),
    });
    expect(particles.at(-1)!.pieces!.split(' + ')[0]).toBe(`${shown.tile} ${shown.piece}`);
    await page.locator('header a').first().click();
    expect(page.url()).toMatch(/\/report\.html$/);
  });

  it.each([
    ['the mosaic', 'section.mosaic'],
    ['a map', '.maps figure'],
  ])('goes from a place on %s to the tile that lies there', async (_, place) => {
    const page = await openReport();
    // The right half of the grid.
    const grid = page.locator(`${place} .places`).first();
    const box = (await grid.boundingBox())!;
    await grid.click({ position: { x: 0.75 * box.width, y: 0.5 * box.height } });
    const [, right] = rowsOf('tiles.csv').toSorted((a, b) => Number(a.column) - Number(b.column));
    expect(await page.textContent('h1')).toBe(right!.tile);
  });

  it('sees tile, outlines and a scale bar in the overlay, which needs no file but those of its folder', async () => {
    const browser = await startBrowser();
    const page = await browser.newPage({ viewport: { width: 1300, height: 900 } });
    const [requested, failed] = [[] as string[], [] as string[]];
    page.on('request', (request) => requested.push(request.url()));
    page.on('requestfailed', (request) => failed.push(request.url()));
    const [name] = readdirSync(join(folder, 'tiles')).filter((one) => one.endsWith('.html'));
    await page.goto(pathToFileURL(join(folder, 'tiles', name!)).href);
    await page.waitForLoadState('networkidle');
    const stem = name!.replace('.html', '');
    const base = pathToFileURL(folder).href;
    const needed = [
      `${base}/overlays/${stem}.png`,
      `${base}/overlays/${stem}.webp`,
      `${base}/tiles/${name}`,
      `${base}/tiles/page.css`,
    ];
    expect(new Set(requested)).toEqual(new Set(needed));
    expect(failed).toEqual([]);
    // The bar is as long as it says: the view is in pixels of the tile.
    const [bar, field] = await page.evaluate<[number, number]>(
      `[Number(document.querySelector('.whole .bar rect:last-child').getAttribute('width')),
        document.querySelector('.whole').viewBox.baseVal.width]`,
    );
    const [tile] = rowsOf('tiles.csv').filter((row) => stem.startsWith(row.tile!.replace('.tiff', '')));
    const um = Number.parseFloat((await page.textContent('.whole .bar text')) ?? '');
    expect(bar * (Number(tile!.pixelSizeNm) / 1000)).toBeCloseTo(um, 2);
    expect(bar / field).toBeLessThanOrEqual(0.25);
    // Without outlines only the tile is left.
    const outlines = page.locator('.whole image.outlines');
    expect(await outlines.isVisible()).toBe(true);
    await page.getByLabel('without outlines').check();
    expect(await outlines.isVisible()).toBe(false);
  });
});
