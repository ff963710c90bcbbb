import { expect, it } from 'vitest';
import type { ShadowModel } from '../../src/store/shadows.ts';
import { segmentedTile } from '../store/examples.ts';
import { startBrowser } from './chromium.ts';
import { faultsOf, pictureFile } from './live-daemon.ts';
import { storedPage } from './stored-page.ts';
import { violations } from './violations.ts';

const model: ShadowModel = { name: 'next', sha256: 'b'.repeat(64), thresholds: { overlap: 0.5 } };

it('the shadow model shows where it differs, sample by sample, by keyboard too, on a desk and a phone', async () => {
  // Of each tile the shadow finds one particle fewer in the first sample, and all in the second.
  const { url } = await storedPage(['one', 'other'], (store) => {
    for (const run of store.runs.all()) {
      const tiles = store.tiles.ofRun(run.id);
      store.results.askAgain(
        run.id,
        { model: null, thresholds: {}, underWay: true },
        tiles.map(({ id }) => id),
      );
      for (const { id, site } of tiles) {
        const particles = store.particles.foundIn(id);
        const outlines = [...(store.outlines.ofTile(id) ?? [])];
        store.results.recordResult(id, { ...segmentedTile(particles), outlines, shadow: model, site }, []);
        const from = run.sampleLabel === 'one' ? 1 : 0;
        store.shadows.record(id, model, {
          ...{ particles: particles.slice(from), outlines: outlines.slice(from) },
          ...{ arithmetic: 'as-shipped', durationMs: 500 },
        });
      }
    }
  });
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const faults = faultsOf(page);
  await page.goto(`${url}/shadow`);
  const heading = () => page.textContent('main h1');
  await expect.poll(heading).toBe('Shadow model');
  await expect.poll(() => page.textContent('main')).toContain('this is what next found while it was');

  // Of two samples of six tiles: six fewer in one of them, none in the other.
  const row = (label: string) =>
    page.locator('section[aria-labelledby=shadow-runs] tbody tr', { hasText: label });
  await expect.poll(() => row('one').locator('td').allTextContents()).toMatchObject(['6', '6', '0', /.*/]);
  expect((await row('other').locator('td').allTextContents()).slice(0, 3)).toEqual(['6', '0', '0']);

  // A sample is chosen by keyboard; its address is its own, and the tiles that differ are shown with what is filled.
  await row('one').locator('a').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => row('one').locator('a').getAttribute('aria-current')).toBe('true');
  expect(new URL(page.url()).searchParams.get('sample')).toBe('bench-one');
  const pictures = page.locator('.shadow-tiles .compared-picture');
  await expect.poll(() => pictures.count()).toBe(6);
  expect(await pictures.first().getAttribute('aria-label')).toBe(
    '11 in both, 1 only in the serving model, 0 only in the shadow',
  );
  expect(await pictures.first().locator('path.serving.alone').getAttribute('d')).toMatch(/^M/);
  await row('other').locator('a').focus();
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.textContent('main'))
    .toContain('Both models found the same pieces in each tile');

  for (const width of [1280, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      await row('one').locator('a').click();
      await expect.poll(() => pictures.count()).toBe(6);
      expect(await violations(page), `${width} ${colorScheme}`).toEqual([]);
      const file = pictureFile(`shadow-${width}-${colorScheme}`);
      if (file !== null) await page.screenshot({ path: file, fullPage: true });
    }
  }
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(390);
  expect(faults).toEqual([]);
});

it('says how a model is tried where there is none', async () => {
  const { url } = await storedPage(['one']);
  const browser = await startBrowser();
  const page = await browser.newPage();
  await page.goto(`${url}/shadow`);
  await expect.poll(() => page.textContent('#advice')).toBe('To try a model');
  expect(await page.locator('section[aria-labelledby=shadow-runs]').count()).toBe(0);
  expect(await violations(page)).toEqual([]);
});
