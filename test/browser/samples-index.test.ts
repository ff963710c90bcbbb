import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { indexPage } from '../../src/report/samples-index/index-page.ts';
import { updateIndex } from '../../src/report/samples-index/write-index.ts';
import { writeKept } from '../report/samples-index/kept-folder.ts';
import { premises } from '../support/premises.ts';
import { startBrowser } from './chromium.ts';

const namesShown = `[...document.querySelectorAll('tbody tr')].filter((row) => row.offsetParent).map((row) => row.querySelector('a').textContent)`;
const target = { d50Um: { min: 4, max: 6 }, probability: 0.95 };

/** Three samples of two days, one accepted. */
async function threeSamples() {
  const { reportFolder } = premises();
  writeKept(reportFolder, '20260314T080000Z', { label: 'LiCoO2 900 °C' });
  writeKept(reportFolder, '20260314T090000Z', {
    label: 'LiCoO2 950 °C',
    decision: { verdict: 'accept', probability: 0.99, target, moreTiles: null, reason: 'it is' },
  });
  writeKept(reportFolder, '20260701T080000Z', { label: '<b>Alumina</b>, d50 < 1 µm' });
  await updateIndex(reportFolder, 'UTC');
  return pathToFileURL(join(reportFolder, 'index.html')).href;
}

describe('the index of all samples, opened from its folder', () => {
  it('finds a sample by words of its name, date, folder or verdict, in any order and case', async () => {
    const url = await threeSamples();
    const browser = await startBrowser();
    const page = await browser.newPage();
    const requested: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    await page.goto(url);
    const alumina = '<b>Alumina</b>, d50 < 1\u00a0µm';
    const found = async (words: string) => {
      await page.fill('input', words);
      return page.evaluate<string[]>(namesShown);
    };
    expect(await found('')).toEqual([alumina, 'LiCoO2 950 °C', 'LiCoO2 900 °C']);
    expect(await found('licoo2')).toEqual(['LiCoO2 950 °C', 'LiCoO2 900 °C']);
    expect(await found('mar 950')).toEqual(['LiCoO2 950 °C']);
    expect(await found('ACCEPT')).toEqual(['LiCoO2 950 °C']);
    expect(await found('20260701')).toEqual([alumina]);
    // Not the 900 in the time 09:00:00 of another run's name.
    expect(await found('900')).toEqual(['LiCoO2 900 °C']);
    // The Greek letter as a keyboard writes it finds the micro sign of the label.
    expect(await found('1 μm <b>')).toEqual([alumina]);
    expect(await page.textContent('output')).toBe('1 of 3 runs');
    expect(await found('no such powder')).toEqual([]);
    expect(await page.isVisible('.none')).toBe(true);
    await page.fill('input', '');
    await page.selectOption('select', 'Accept');
    expect(await page.evaluate<string[]>(namesShown)).toEqual(['LiCoO2 950 °C']);
    expect(requested).toEqual([url]);
  });

  it('leads to the page of a sample, and back to what was looked for', async () => {
    const url = await threeSamples();
    const browser = await startBrowser();
    const page = await browser.newPage();
    await page.goto(url);
    await page.fill('input', '900');
    await page.click('tbody a >> visible=true');
    await page.waitForURL('**/report.html');
    expect(await page.title()).toBe('Page of 20260314T080000Z');
    await page.goBack();
    await page.waitForURL('**/index.html');
    expect(await page.evaluate<string[]>(namesShown)).toEqual(['LiCoO2 900 °C']);
  });

  it('is the whole list where scripts are off, and runs none that is not its own', async () => {
    const url = await threeSamples();
    const browser = await startBrowser();
    const still = await browser.newContext({ javaScriptEnabled: false });
    const page = await still.newPage();
    await page.goto(url);
    expect(await page.locator('tbody tr').count()).toBe(3);
    expect(await page.isVisible('form')).toBe(false);
    const other = await browser.newPage();
    await other.goto(url);
    await other.evaluate(
      `document.body.append(Object.assign(document.createElement('script'), { text: 'document.title = "taken"' }))`,
    );
    expect(await other.title()).toBe('Particle sizes: all samples');
  });

  it.each([
    ['on a phone in the dark', 390, 'dark'],
    ['on a desk', 1200, 'dark'],
  ] as const)('can be searched with 5,000 samples %s', async (_, width, colorScheme) => {
    const runs = Array.from({ length: 5_000 }, (_row, i) => ({
      ...{ sampleId: `S_${i}`, run: '20260701T080000Z', modifiedMs: 0, bytes: 0 },
      entry: {
        ...{ name: `Powder ${i}`, verdict: null, badge: 'Precise enough', particles: '12,345' },
        ...{ d50: '5.31 µm', interval: '5.15 to 5.47', tiles: '288 of 288 tiles, 1.8 % uncertain' },
      },
    }));
    const path = join(premises().folder, 'index.html');
    writeFileSync(path, indexPage(runs, 'UTC'));
    const browser = await startBrowser();
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    await page.goto(pathToFileURL(path).href);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect((await page.evaluate<string[]>(namesShown)).length).toBe(200);
    await page.fill('input', 'powder 4321');
    expect(await page.evaluate<string[]>(namesShown)).toEqual(['Powder 4321']);
    expect(await page.textContent('output')).toBe('1 of 5,000 runs');
    await page.fill('input', '');
    expect(await page.textContent('button')).toBe('Show the other 4,800');
    await page.click('button');
    expect(await page.evaluate<string[]>(namesShown)).toHaveLength(5_000);
  });
});
