import type { CDPSession } from 'playwright-core';
import { expect, it } from 'vitest';
import { startBrowser } from './chromium.ts';
import { pictureFile } from './live-daemon.ts';
import { storedPage } from './stored-page.ts';

type Point = readonly [x: number, y: number];

/** Fingers that go from their first places to their last in ten steps, and rest there, so that nothing is flung. */
async function fingers(devtools: CDPSession, from: readonly Point[], to: readonly Point[]): Promise<void> {
  const at = (share: number) =>
    from.map(([x, y], id) => ({ x: x + share * (to[id]![0] - x), y: y + share * (to[id]![1] - y), id }));
  const touch = (type: 'touchStart' | 'touchMove', share: number) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: at(share) });
  await touch('touchStart', 0);
  for (let step = 1; step <= 10; step++) await touch('touchMove', step / 10);
  for (let rest = 0; rest < 5; rest++) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    await touch('touchMove', 1 + rest / 1000);
  }
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

it('on a phone one finger moves the picture of the grid, two zoom it, and the page stays where it is', async () => {
  const { url, paths } = await storedPage(['one']);
  const browser = await startBrowser();
  const context = await browser.newContext({
    ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await page.goto(`${url}${paths[0]}`);
  await page.locator('.found:has-text("shown")').waitFor();
  const window = page.locator('.window');
  await window.locator('canvas').first().waitFor();
  await window.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await window.boundingBox())!;
  const middle: Point = [x + width / 2, y + height / 2];
  const view = () => (new URL(page.url()).searchParams.get('view') ?? '').split(',').map(Number);
  const scrolled = () => page.evaluate<number>('scrollY');
  const before = await scrolled();

  // Two fingers from 60 px apart to 180: three times as large, about the same middle.
  const apart = (px: number): Point[] => [
    [middle[0] - px / 2, middle[1]],
    [middle[0] + px / 2, middle[1]],
  ];
  await fingers(devtools, apart(60), apart(180));
  await expect.poll(() => view()[2] ?? 0).toBeGreaterThan(2.4);
  await page.waitForTimeout(1_000); // the picture comes to rest
  const [x0 = 0, , zoom = 0] = view();
  expect(zoom).toBeLessThan(3.6);
  expect(Math.abs(x0 - 0.5)).toBeLessThan(0.1);

  // One finger 100 px to the left: what is looked at lies as much further to the right.
  await fingers(devtools, [middle], [[middle[0] - 100, middle[1]]]);
  const moved = 100 / (width * zoom);
  await expect.poll(() => Math.abs(view()[0]! - x0 - moved)).toBeLessThan(0.2 * moved);
  expect(view()[2]).toBeCloseTo(zoom, 3);
  expect(await scrolled()).toBe(before);
  const file = pictureFile('sample-pinched');
  if (file !== null) await page.screenshot({ path: file });
});
