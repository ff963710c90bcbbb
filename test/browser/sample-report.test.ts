import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/config/output.ts';
import { palettes } from '../../src/report/charts/palette.ts';
import { writeSampleFiles } from '../../src/report/sample/sample-writing.ts';
import { pixelsOf } from '../report/charts/pictures.ts';
import { exampleRecord } from '../report/example-record.ts';
import { startBrowser } from './chromium.ts';

const LABEL = `<img src="http://example.org/x.png" onerror="document.title='taken'"> Li1`;

async function opened(page: Page, url: string): Promise<string[]> {
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  await page.goto(url);
  return requested;
}

const imagesOf = (page: Page) =>
  page.evaluate<[alt: string, naturalWidth: number, shownWidth: number][]>(
    '[...document.images].map((i) => [i.alt, i.naturalWidth, i.getBoundingClientRect().width])',
  );

const folder = mkdtempSync(join(tmpdir(), 'particled-browser-'));
const url = pathToFileURL(join(folder, 'report.html')).href;

beforeAll(async () => {
  const record = await exampleRecord(folder);
  const sample = { ...record.summary.sample, label: LABEL };
  const summary = { ...record.summary, sample };
  await writeSampleFiles(folder, { ...record, summary }, reportSchema.parse({}));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the report of a sample, opened from its folder', () => {
  it.each([
    ['on a phone', 390, 'light'],
    ['on a phone in the dark', 390, 'dark'],
    ['on a desk', 1200, 'light'],
    ['on a desk in the dark', 1200, 'dark'],
  ] as const)('shows all of itself %s', async (_, width, colorScheme) => {
    const browser = await startBrowser();
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const requested = await opened(page, url);
    expect(requested.filter((one) => !one.startsWith('data:'))).toEqual([url]);
    expect(await page.title()).toBe(`${LABEL}: particle sizes`);
    expect(await page.textContent('h1')).toBe(LABEL);

    // Distribution, shape, two maps, mosaic, three particles in three galleries: all decoded, with words for who cannot see them.
    const images = await imagesOf(page);
    expect(images).toHaveLength(5 + 9);
    for (const [alt, natural, shown] of images) {
      expect(alt).not.toBe('');
      expect(natural).toBeGreaterThan(0);
      expect(shown).toBeGreaterThan(0);
    }
    // Charts of 350 px where the screen is narrow and 720 px elsewhere, at two pixels each.
    expect(images[0]![1]).toBe(width === 390 ? 700 : 1440);
    // Nothing is wider than the screen.
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);

    const shot = await pixelsOf(await page.locator('section.verdict').screenshot());
    expect(shot.at(shot.widthPx - 20, 10)).toBe(palettes[colorScheme].background);
  });

  it('goes onto paper in light colours, whole', async () => {
    const browser = await startBrowser();
    const page = await browser.newPage({ viewport: { width: 720, height: 1000 }, colorScheme: 'dark' });
    await opened(page, url);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    expect(ground).toBe('rgb(255, 255, 255)');
    const images = await imagesOf(page);
    expect(images[0]![1]).toBe(1440); // the wide chart
    const pdf = await page.pdf({ format: 'A4' });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.length).toBeLessThan(8);
  });

  it('says in words what its pictures show', async () => {
    const browser = await startBrowser();
    const page = await browser.newPage();
    await opened(page, url);
    const alts = (await imagesOf(page)).map(([alt]) => alt.replaceAll('\u00a0', ' '));
    expect(alts[0]).toMatch(/^Distribution of the diameters of 1 particle, .* D50 1\.95 µm/);
    expect(alts[1]).toMatch(/^Shape against diameter of 3 particles: /);
    expect(alts[2]).toMatch(/^Geometric mean diameter on the grid of 1 row and 3 columns: /);
    expect(alts[4]).toBe('The grid of 1 row and 3 columns with all outlines.');
    expect(alts[5]).toBe('Particle 2, 1.95 µm, in a.tiff.');
  });
});
