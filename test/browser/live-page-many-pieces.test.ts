import { expect, it } from 'vitest';
import type { RunDetail } from '../../src/dashboard/api/run.ts';
import { startBrowser } from './chromium.ts';
import { storedPage } from './stored-page.ts';

it('choosing one piece of a tile draws none of its outlines anew, however many there are', async () => {
  const { url, paths } = await storedPage(['Li1']);
  const browser = await startBrowser();
  const page = await browser.newPage();
  const answer = await page.request.get(`${url}${paths[0]!.replace('/samples/', '/api/v1/runs/')}`);
  const { tiles } = (await answer.json()) as RunDetail;
  await page.goto(`${url}${paths[0]}/tiles/${tiles[0]!.contentHash}`);
  const outlines = page.locator('.annotations [data-id]');
  await expect.poll(() => outlines.count()).toBe(12);
  const strokes = () =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll('.annotations [data-id] .a9s-inner')].map((shape) => getComputedStyle(shape).strokeWidth)`,
    );
  await page.evaluate(`window.made = 0;
    new MutationObserver((changes) => changes.forEach(({ addedNodes }) => { window.made += addedNodes.length; }))
      .observe(document.querySelector('.tile-overlay'), { childList: true, subtree: true });`);
  await page.locator('[role=listbox]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');

  // The two are marked by a line of 3 px, which no other has.
  await expect.poll(async () => (await strokes()).filter((width) => width === '3px').length).toBe(2);
  expect(await page.evaluate('window.made')).toBe(0);
});
