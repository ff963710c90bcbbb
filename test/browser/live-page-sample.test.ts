import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { ChartReply } from '../../src/dashboard/api/chart.ts';
import type { ParticleEntry } from '../../src/dashboard/api/particle.ts';
import type { RunEntry } from '../../src/dashboard/api/run.ts';
import { placeOf, sizeAt } from '../../src/dashboard/browser/sample/charts/brush.ts';
import { until } from '../support/until.ts';
import { startBrowser } from './chromium.ts';
import { answered, type LiveDaemon, liveDaemon, pictureFile, scan } from './live-daemon.ts';

interface Counted {
  readonly path: string;
  readonly address: string;
  /** By size, the smallest first. */
  readonly particles: readonly ParticleEntry[];
}

async function countedRun(live: LiveDaemon): Promise<Counted> {
  await scan(live, { rows: 1, columns: 2 });
  const { runs } = await until('the run', async () => {
    const listed = await answered<{ runs: RunEntry[] }>(live, 'runs');
    return listed.runs[0]?.final === true && listed;
  });
  const { sampleId, run } = runs[0]!;
  const path = `runs/${sampleId}/${run}`;
  const { particles } = await answered<{ particles: ParticleEntry[] }>(live, `${path}/particles`);
  return { path, address: `${live.url}/samples/${sampleId}/${run}`, particles };
}

/** Faults that the page writes to the console; what its policy forbids is among them. */
function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  return faults;
}

const chosenIn = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
const found = (page: Page) => expect.poll(() => page.locator('.choice .found').textContent());
const heading = (page: Page) => page.locator('#particle-heading').textContent();

/** How many pixels of the outlines' sheet are as the choice paints them: yellow for a chosen one. */
const yellowPixels = (page: Page) =>
  page.evaluate<number>(`(() => {
    const sheet = document.querySelector('canvas.outlines');
    const { data } = sheet.getContext('2d').getImageData(0, 0, sheet.width, sheet.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] > 200 && data[i] > 240 && data[i + 1] > 190 && data[i + 2] < 60) count++;
    }
    return count;
  })()`);

it('a range brushed in a chart leads to a particle, to an address, and back to the same', async () => {
  const live = await liveDaemon({ grid: { rows: 1, columns: 2 } });
  const { path, address, particles } = await countedRun(live);
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const faults = faultsOf(page);
  await page.goto(address);
  await found(page).toBe(`${particles.length} particles shown.`);

  // From the middle particle's size to the right end of the axis, as the chart has it.
  const chart = page.locator('.charts .chart').first();
  await chart.locator('canvas').waitFor();
  await chart.scrollIntoViewIfNeeded();
  const box = (await chart.locator('.plots').boundingBox())!;
  const asked = `widthPx=${Math.floor((await chart.boundingBox())!.width / 20) * 20}`;
  const reply = await answered<ChartReply>(live, `${path}/charts/size-distribution?${asked}`);
  const { sizes, paddingPx, plotWidthPx } = reply.chart!;
  const axis = { ...sizes, leftPx: paddingPx.left, widthPx: plotWidthPx };
  const middle = particles[Math.floor(particles.length / 2)]!.diameterEquivalentUm;
  const [from, to] = [placeOf(axis, middle), axis.leftPx + axis.widthPx + 5];
  await page.mouse.move(box.x + from, box.y + 80);
  await page.mouse.down();
  await page.mouse.move(box.x + to, box.y + 90, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => chosenIn(page).from).toBeDefined();
  const { from: fromUm, to: toUm } = chosenIn(page);
  // A pointer stands on whole pixels.
  expect(Math.abs(Number(fromUm) - sizeAt(axis, from))).toBeLessThan(0.03 * middle);
  const inRange = particles.filter(
    ({ diameterEquivalentUm: um }) => um >= Number(fromUm) && um <= Number(toUm),
  );
  await found(page).toMatch(new RegExp(`^${inRange.length} particles? of ${particles.length} from `));
  expect(inRange.length).toBeGreaterThan(0);
  expect(inRange.length).toBeLessThan(particles.length);

  // The gallery has them, the largest first, and its crops are drawn out of the tiles.
  const gallery = page.locator('.gallery button');
  const shown = await gallery.evaluateAll<(string | null)[], HTMLElement>((all) =>
    all.map((one) => one.getAttribute('data-particle')),
  );
  const largestFirst = inRange.map(({ number }) => String(number)).reverse();
  expect(shown).toEqual(largestFirst.slice(0, shown.length));
  await gallery.first().scrollIntoViewIfNeeded();
  await expect.poll(() => greysIn(page, '.gallery canvas')).toBeGreaterThan(20);

  // By keyboard alone from the first to the second, and open it.
  await gallery.first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect.poll(() => heading(page)).toBe(`Particle ${largestFirst[1]}`);
  expect(chosenIn(page)).toMatchObject({ particle: largestFirst[1], from: fromUm, to: toUm });
  await expect.poll(() => yellowPixels(page)).toBeGreaterThan(50);
  await expect.poll(() => chosenIn(page).view).toBeDefined();
  if (pictureFile('sample-desk'))
    await page.screenshot({ path: pictureFile('sample-desk')!, fullPage: true });

  // The address alone shows the same to somebody else.
  const other = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await other.goto(page.url());
  await expect.poll(() => heading(other)).toBe(`Particle ${largestFirst[1]}`);
  await found(other).toBe((await page.locator('.choice .found').textContent()) ?? '');
  await expect.poll(() => yellowPixels(other)).toBeGreaterThan(50);

  // The browser's way back closes the card and keeps the range.
  await page.goBack();
  await expect.poll(() => page.locator('#particle-heading').count()).toBe(0);
  expect(chosenIn(page)).toMatchObject({ from: fromUm, to: toUm });
  expect(chosenIn(page)).not.toHaveProperty('particle');
  expect(faults).toEqual([]);
});

it('the picture, the switch, the filter and the fields for sizes choose the same particles', async () => {
  const live = await liveDaemon({ grid: { rows: 1, columns: 2 } });
  const { address, particles } = await countedRun(live);
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  const faults = faultsOf(page);

  // A particle that is gone to lies in the middle of the picture: pressed there, it is the one.
  const largest = particles.at(-1)!;
  await page.goto(`${address}?particle=${largest.number}`);
  await expect.poll(() => heading(page)).toBe(`Particle ${largest.number}`);
  await expect.poll(() => yellowPixels(page)).toBeGreaterThan(50);
  const edit = page.locator('.particle a[href*="piece="]').first();
  const [piece] = largest.pieces;
  expect(await edit.getAttribute('href')).toMatch(
    new RegExp(`/tiles/${piece!.contentHash}\\?piece=${piece!.number}$`),
  );
  await page.locator('.particle >> text=Close').click();
  await expect.poll(() => page.locator('#particle-heading').count()).toBe(0);
  await page.locator('.window').click();
  await expect.poll(() => heading(page)).toBe(`Particle ${largest.number}`);

  await page.locator('label:has-text("Uncertain") input').first().check();
  const uncertain = particles.filter(({ certain }) => !certain).length;
  await found(page).toMatch(new RegExp(`^${uncertain} particles? of ${particles.length} shown`));
  await page.locator('label:has-text("All") input').first().check();

  await page.getByLabel('Filter, as statistics.filter').fill('diameterEquivalentUm > 5');
  await page.keyboard.press('Enter');
  const large = particles.filter(({ diameterEquivalentUm }) => diameterEquivalentUm > 5).length;
  await found(page).toBe(`${large} particles of ${particles.length} shown.`);
  await page.getByLabel('Filter, as statistics.filter').fill('roundness > 5');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('#filter-fault').textContent()).toContain('roundness');
  await page.getByLabel('Filter, as statistics.filter').fill('');
  await page.keyboard.press('Enter');

  await page.getByLabel('From, µm').fill('6');
  await page.keyboard.press('Tab');
  const above = particles.filter(({ diameterEquivalentUm }) => diameterEquivalentUm >= 6).length;
  await found(page).toMatch(new RegExp(`^${above} particles? of ${particles.length} from 6`));
  // Nothing is wider than a phone.
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  expect(width).toBe(390);
  if (pictureFile('sample-phone-dark'))
    await page.screenshot({ path: pictureFile('sample-phone-dark')!, fullPage: true });
  // The browser itself says what was refused of the filter that is none.
  expect(faults.filter((text) => !text.includes('400'))).toEqual([]);
});

/** How many greys the first canvas has: one that is not drawn is of one colour. */
const greysIn = (page: Page, selector: string) =>
  page.evaluate<number>(`(() => {
    const canvas = document.querySelector('${selector}');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const greys = new Set();
    for (let i = 0; i < data.length; i += 4) greys.add(data[i]);
    return greys.size;
  })()`);
