import type { Browser } from 'playwright-core';
import { expect, it } from 'vitest';
import type { RunDetail, RunEntry } from '../../src/dashboard/api/run.ts';
import { until } from '../support/until.ts';
import { startBrowser } from './chromium.ts';
import { answered, faultsOf, type LiveDaemon, liveDaemon, pictureFile, scan } from './live-daemon.ts';
import { violations } from './violations.ts';

/** Somebody may type anything at the microscope: markup, a script, text that turns its direction, no end of it. */
const HOSTILE = `<img src=x onerror="document.title='taken'"><script>document.title='taken'</script> \u202Egnirts \u05E9\u05DC\u05D5\u05DD ${'endless'.repeat(60)}`;

/** Every page of the live page, with a sign that it has shown what it is about. */
async function pagesOf(live: LiveDaemon) {
  const { runs } = await until('the run', async () => {
    const listed = await answered<{ runs: RunEntry[] }>(live, 'runs');
    return listed.runs[0]?.final === true && listed;
  });
  const { sampleId, run, sampleLabel } = runs[0]!;
  const { tiles } = await answered<RunDetail>(live, `runs/${sampleId}/${run}`);
  const sample = `/samples/${sampleId}/${run}`;
  return {
    sampleLabel,
    pages: [
      { name: 'now', path: '/', sign: 'main h1' },
      { name: 'samples', path: '/samples', sign: `main a[href^="${sample}"]` },
      { name: 'sample', path: sample, sign: 'main h1' },
      {
        name: 'correct',
        path: `${sample}/tiles/${tiles[0]!.contentHash}?piece=0`,
        sign: '[role=option][aria-selected=true]',
      },
    ],
  };
}

const looks = [
  { name: 'desk', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'desk-dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  { name: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'phone-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const;

/** What is wrong with a page as somebody with this screen sees it; empty where nothing is. */
async function wrongWith(
  browser: Browser,
  look: (typeof looks)[number],
  url: string,
  sign: string,
  picture: string,
) {
  const page = await browser.newPage({ ...look, reducedMotion: 'reduce' });
  const wrong = faultsOf(page);
  page.on('dialog', (dialog) => wrong.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin)) wrong.push(`asks elsewhere: ${request.url()}`);
  });
  await page.goto(url);
  await page.waitForSelector(sign);
  await page.waitForTimeout(1_000); // pictures and charts come after the words
  const beyondPx = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  if (beyondPx > 0) wrong.push(`reaches ${beyondPx} px beyond the window`);
  // The label itself, of which that is a part, may stand in the title.
  if ((await page.title()) === 'taken') wrong.push('a script of the label ran');
  wrong.push(...(await violations(page)));
  const path = pictureFile(picture);
  if (path !== null) await page.screenshot({ path, fullPage: true });
  await page.close();
  return wrong.map((text) => `${picture}: ${text}`);
}

it('every page shows a hostile label as text, and is accessible, on a desk and a phone, light and dark', async () => {
  const live = await liveDaemon({ grid: { rows: 1, columns: 2 } });
  await scan(live, { rows: 1, columns: 2, sampleLabel: HOSTILE });
  const { pages, sampleLabel } = await pagesOf(live);
  expect(sampleLabel).toContain('<script>');
  const browser = await startBrowser();
  const wrong: string[] = [];
  for (const look of looks) {
    for (const { name, path, sign } of pages) {
      wrong.push(...(await wrongWith(browser, look, `${live.url}${path}`, sign, `${name}-${look.name}`)));
    }
  }
  expect(wrong).toEqual([]);

  // Shown it is, letter by letter, wherever the sample is named.
  const page = await browser.newPage();
  for (const { path, sign } of pages) {
    await page.goto(`${live.url}${path}`);
    await page.waitForSelector(sign);
    await expect
      .poll(() => page.textContent('main'), { message: path })
      .toContain("<script>document.title='taken'</script>");
  }
});

it('names the part that has the focus, on every page, to whoever goes through it by the tab key', async () => {
  const live = await liveDaemon({ grid: { rows: 1, columns: 1 } });
  await scan(live, { rows: 1, columns: 1 });
  const { pages } = await pagesOf(live);
  const browser = await startBrowser();
  const page = await browser.newPage();
  for (const { path, sign } of pages) {
    await page.goto(`${live.url}${path}`);
    await page.waitForSelector(sign);
    await page.keyboard.press('Tab');
    // The first is the way past what every page has in common.
    expect(await page.evaluate<string>('document.activeElement.textContent.trim()'), path).toBe(
      'Skip to the content',
    );
    const seen = new Set<string>();
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate<{ id: string; isSeen: boolean }>(`(() => {
        const element = document.activeElement;
        const { width, height } = element.getBoundingClientRect();
        return { id: element.outerHTML.slice(0, 200), isSeen: element === document.body || (width > 0 && height > 0) };
      })()`);
      seen.add(focused.id);
      expect(focused.isSeen, `${path}: ${focused.id}`).toBe(true);
    }
    expect(seen.size, path).toBeGreaterThan(3);
  }
});
