import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { RunDetail, RunEntry } from '../../src/dashboard/api/run.ts';
import { startBrowser } from './chromium.ts';
import { answered, liveDaemon, scan } from './live-daemon.ts';

/** What each place of the grid says to a screen reader, row by row. */
const places = (page: Page) =>
  // Of an empty place the cell says it, of a filled one its link.
  page.evaluate<string[]>(
    `[...document.querySelectorAll('table[role=grid] td')].map((cell) => (cell.querySelector('a') ?? cell).getAttribute('aria-label'))`,
  );

it('Now fills place by place without being loaded again, and says at the end what is missing', async () => {
  const live = await liveDaemon({
    grid: { rows: 2, columns: 2, stallAfterS: 5 },
    target: { d50MinUm: 0.5, d50MaxUm: 50 },
  });
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(live.url);
  await expect.poll(() => page.textContent('main')).toContain('No tile has come yet');
  await page.evaluate('window.isTheSame = true');

  await scan(live, { rows: 2, columns: 2, missing: [{ row: 1, column: 0 }] });
  await expect.poll(() => page.locator('td.place.segmented').count(), { timeout: 120_000 }).toBe(3);
  const { runs } = await answered<{ runs: RunEntry[] }>(live, 'runs');
  const { sampleId, run, sampleLabel } = runs[0]!;
  expect(await page.textContent('h1')).toBe(sampleLabel);

  // Each with its picture, which the browser has got, and as many outlines as the tile has pieces.
  const { tiles } = await answered<RunDetail>(live, `runs/${sampleId}/${run}`);
  const pieces = tiles.reduce((sum, tile) => sum + (tile.particles ?? 0), 0);
  const outlines = () =>
    page.evaluate<number>(
      `[...document.querySelectorAll('td.place path')].map((path) => path.getAttribute('d')).join('').split('M').length - 1`,
    );
  await expect.poll(outlines).toBe(pieces);
  const pictures = await page.evaluate<string[]>(
    `[...document.querySelectorAll('td.place image')].map((image) => image.getAttribute('href'))`,
  );
  expect(pictures).toHaveLength(3);
  for (const picture of pictures) expect((await page.request.get(live.url + picture)).ok()).toBe(true);

  // The silence ends the run: what is missing is asked for, and the page says that nothing is under way.
  await expect
    .poll(() => page.textContent('.run-line'), { timeout: 60_000 })
    .toContain('The latest run stopped before its grid was full');
  await expect
    .poll(() => page.textContent('section[aria-labelledby=reimage]'))
    .toMatch(/1 place to image again.*Row 1, column 0.*image it again/s);
  expect((await places(page))[2]).toMatch(/^Row 1, column 0: no tile: .*image it again/);
  const { entry } = await answered<RunDetail>(live, `runs/${sampleId}/${run}`);
  expect(entry.d50Um).not.toBeNull();
  // The D50 to three digits, and how it narrowed: from the figures of one tile to those of three.
  await expect
    .poll(() => page.textContent('section[aria-labelledby=sizes]'))
    .toContain(Number(entry.d50Um!.value.toPrecision(3)).toString());
  await expect
    .poll(() => page.locator('.narrowing svg').nth(1).getAttribute('aria-label'))
    .toMatch(/^D50 over tiles: .* from 3 tiles/);
  expect(await page.evaluate('window.isTheSame')).toBe(true);

  // By keys alone: one stop in the grid, arrows from place to place, and Enter to the tile in its sample.
  await page.locator('table[role=grid] [tabindex="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  const focused = await page.evaluate<string>('document.activeElement.getAttribute("aria-label")');
  expect(focused).toMatch(/^Row 1, column 1: \d+ particles/);
  expect(await page.locator('table[role=grid] [tabindex="0"]').count()).toBe(1);
  await page.keyboard.press('Enter');
  const last = tiles.find(({ row, column }) => row === 1 && column === 1);
  await page.waitForURL(`${live.url}/samples/${sampleId}/${run}?tile=${last?.contentHash}`);
  // What was come to has the focus, not the whole document.
  await expect
    .poll(() => page.evaluate<boolean>('document.activeElement.closest("main") !== null'))
    .toBe(true);
  expect(faults).toEqual([]);
});
