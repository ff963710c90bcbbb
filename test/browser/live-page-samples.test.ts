import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openStore } from '../../src/store/database.ts';
import { summaryOf } from '../report/night/nights.ts';
import { exampleRun } from '../store/examples.ts';
import { startBrowser } from './chromium.ts';
import { liveDaemon } from './live-daemon.ts';
import { storedPage } from './stored-page.ts';

const DAY_MS = 86_400_000;
const FIRST_MS = Date.parse('2026-03-01T08:00:00Z');

/** Runs of two labels in turn, one a day: 15 of 5 um but for one of 9 um, 15 of 2 um. */
function fill(storeFile: string): void {
  const store = openStore(storeFile);
  for (let day = 0; day < 30; day += 1) {
    const isFirst = day % 2 === 0;
    const label = isFirst ? 'LiCoO2 <b>900</b>' : 'Alumina';
    const createdAtMs = FIRST_MS + day * DAY_MS;
    const d50 = isFirst ? (day === 20 ? 9 : 5 + (day % 4) / 100) : 2;
    const { id, sampleId, name } = store.runs.create({
      ...exampleRun,
      ...{ sampleLabel: label, sampleId: isFirst ? 'licoo2' : 'alumina', name: `run-${day}`, createdAtMs },
    });
    const summary = summaryOf({ label, d50, at: new Date(createdAtMs).toISOString() });
    const decision = {
      verdict: day < 10 ? ('reject' as const) : ('accept' as const),
      ...{ probability: 0.99, moreTiles: null, reason: 'it is so' },
      target: { d50Um: { min: 4, max: 6 }, probability: 0.95 },
    };
    store.summaries.save(id, 'complete', (revision) => ({
      ...{ topic: 'summary', retain: false },
      payload: { ...summary, decision, sample: { id: sampleId, label }, run: name, revision },
    }));
  }
  store.close();
}

/** Three files that are no tiles. */
function litter(exportFolder: string): void {
  for (const name of ['notes-1.tiff', 'notes-2.tiff'])
    writeFileSync(join(exportFolder, name), 'not an image');
  writeFileSync(join(exportFolder, 'empty.tiff'), '');
}

const rows = (page: Page) => page.locator('table.runs tbody tr');
const found = (page: Page) => expect.poll(() => page.textContent('.found'));

it('samples are found by label, verdict, date and D50, the address holds the search, and a label has its trend', async () => {
  const live = await liveDaemon({}, ({ storeFile, exportFolder }) => {
    fill(storeFile);
    litter(exportFolder);
  });
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${live.url}/samples`);
  await found(page).toContain('30 runs');
  // 25 to a page, the latest first; the older five on the next.
  expect(await rows(page).count()).toBe(25);
  expect(await rows(page).first().textContent()).toContain('run-29');
  await page.click('text=Older');
  await expect.poll(() => rows(page).count()).toBe(5);
  expect(await page.textContent('.paging')).toContain('26 to 30 of 30');

  // A search begins at its first page. Of LiCoO2 the even days, of which 10 to 28 were accepted.
  await page.fill('input[name=query]', 'licoo2');
  await page.selectOption('select[name=verdict]', 'accept');
  await found(page).toContain('10 runs found');
  await page.fill('input[name=d50MinUm]', '8.5');
  await found(page).toContain('1 run found');
  expect(await rows(page).first().textContent()).toMatch(/LiCoO2 <b>900<\/b>.*run-20.*Accept.*9\.00/s);
  const searched = page.url();
  const other = await browser.newPage();
  await other.goto(searched);
  await found(other).toContain('1 run found');
  expect(await other.inputValue('input[name=query]')).toBe('licoo2');
  await other.fill('input[name=d50MinUm]', '20');
  await found(other).toContain('No run is like that');

  // Its trend: the run of 9 um lies outside the limits, and its point leads to the sample.
  await page.click('text=trend');
  await expect.poll(() => page.textContent('.trend')).toContain('15 runs, mean');
  expect(await page.textContent('.trend')).toContain('1 run lies outside');
  const outside = page.locator('.trend-chart a[aria-label$="outside the limits"]');
  expect(await outside.count()).toBe(1);
  await outside.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`${live.url}/samples/licoo2/run-20`);
  await page.goBack();
  await expect.poll(() => page.textContent('.trend')).toContain('15 runs, mean');

  // Set aside by now; this list is read when its page is opened. The largest cause first, each with its files.
  const causes = page.locator('.set-aside summary');
  await expect.poll(() => causes.allTextContents()).toEqual(['Not an image 2 files', 'Empty 1 file']);
  await causes.first().click();
  await expect.poll(() => page.isVisible('code:text("notes-2.tiff")')).toBe(true);
  expect(await page.isVisible('code:text("empty.tiff")')).toBe(false);
});

it('keeps each letter that is typed into the search, however long the answers to the first ones take', async () => {
  const { url } = await storedPage(['LiCoO2 batch 7', 'LiCoO2 batch 8']);
  const browser = await startBrowser();
  const page = await browser.newPage();
  await page.goto(`${url}/samples`);
  await found(page).toContain('2 runs');
  await page.route('**/api/v1/runs?*', async (route) => {
    await pause(400);
    await route.continue();
  });
  // Slower than the pause after which a search begins, so that each letter is looked for by itself.
  await page.locator('input[name=query]').pressSequentially('LiCoO2 batch 8', { delay: 300 });
  expect(await page.inputValue('input[name=query]')).toBe('LiCoO2 batch 8');
  await found(page).toContain('1 run found');
  expect(new URL(page.url()).searchParams.get('query')).toBe('LiCoO2 batch 8');

  // The way back to another address is shown in the field, too.
  await page.evaluate("history.pushState(null, '', '/samples?query=batch+7')");
  await page.evaluate("dispatchEvent(new PopStateEvent('popstate'))");
  await expect.poll(() => page.inputValue('input[name=query]')).toBe('batch 7');
});
