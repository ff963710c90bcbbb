import { expect, it } from 'vitest';
import type { RunDetail, RunEntry } from '../../src/dashboard/api/run.ts';
import { until } from '../support/until.ts';
import { startBrowser } from './chromium.ts';
import { cutLine } from './cut-line.ts';
import { answered, liveDaemon, scan } from './live-daemon.ts';

it('a page whose line was cut while tiles came goes on where it was, without a gap and without being loaded again', async () => {
  const live = await liveDaemon({ grid: { rows: 1, columns: 3, stallAfterS: 600 } });
  const segmented = (count: number) =>
    until(`${count} tiles`, async () => {
      const { runs } = await answered<{ runs: RunEntry[] }>(live, 'runs');
      return runs[0]?.tiles.segmented === count && runs[0];
    });
  const line = await cutLine(live.url);
  const browser = await startBrowser();
  const page = await browser.newPage();
  const resumedFrom: (string | undefined)[] = [];
  const asked: string[] = [];
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname;
    if (path.endsWith('/events')) resumedFrom.push(request.headers()['last-event-id']);
    else if (path.startsWith('/api/')) asked.push(path);
  });
  await page.goto(line.url);
  await page.evaluate('window.isTheSame = true');
  const shown = () => page.locator('td.place.segmented').count();
  // An event of this first tile tells the page from where on it would have to be told more.
  await scan(live, {
    rows: 1,
    columns: 3,
    missing: [
      { row: 0, column: 1 },
      { row: 0, column: 2 },
    ],
  });
  const { sampleId, run } = await segmented(1);
  await expect.poll(shown).toBe(1);

  line.cut();
  await expect
    .poll(() => page.locator('.banner').textContent())
    .toContain('The connection to the daemon is lost');
  await scan(live, { rows: 1, columns: 3, missing: [{ row: 0, column: 0 }] });
  await segmented(3);
  expect(await shown()).toBe(1);

  asked.length = 0;
  line.join();
  await expect.poll(() => page.locator('.banner').textContent()).toContain('Connected again');
  await expect.poll(shown).toBe(3);
  expect(await page.evaluate('window.isTheSame')).toBe(true);
  // It was told what it had missed: it named the last event that it had, and did not read the whole run anew.
  expect(resumedFrom.at(-1)).toMatch(/\d/);
  const detail = await answered<RunDetail>(live, `runs/${sampleId}/${run}`);
  expect(detail.tiles.filter(({ state }) => state === 'segmented')).toHaveLength(3);
});
