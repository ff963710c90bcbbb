import { statSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { runListSchema } from '../src/dashboard/api/run.ts';

/**
 * The README's picture of the live page: a sample in light beside the run of now in dark.
 * `npm run demo -- --open`, then `node scripts/page-picture.ts http://127.0.0.1:PORT` writes docs/live-page.png.
 */
const [url, target = 'docs/live-page.png'] = process.argv.slice(2);
if (url === undefined)
  throw new Error('which page? node scripts/page-picture.ts http://127.0.0.1:PORT [docs/live-page.png]');

const WIDTH_PX = 1100;
const HEIGHT_PX = 1330;
const GAP_PX = 24;
/** Tiles, outlines and charts come one after the other. */
const SETTLED_MS = 8_000;

const [entry] = runListSchema.parse(await (await fetch(`${url}/api/v1/runs`)).json()).runs;
if (!entry) throw new Error(`${url}: has no run yet; wait for the first tiles`);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const shot = async (path: string, colorScheme: 'light' | 'dark'): Promise<Buffer> => {
  const viewport = { width: WIDTH_PX, height: HEIGHT_PX };
  const page: Page = await browser.newPage({ viewport, colorScheme });
  await page.goto(`${url}${path}`);
  await page.waitForTimeout(SETTLED_MS);
  return page.screenshot();
};
const shots = [
  await shot(`/samples/${entry.sampleId}/${entry.run}?from=5&to=7`, 'light'),
  await shot('/', 'dark'),
];
await browser.close();

await sharp({
  create: { width: 2 * WIDTH_PX + GAP_PX, height: HEIGHT_PX, channels: 4, background: '#00000000' },
})
  .composite(shots.map((input, i) => ({ input, left: i * (WIDTH_PX + GAP_PX), top: 0 })))
  .png({ palette: true, quality: 90, compressionLevel: 9 })
  .toFile(target);
console.log(`${target}: ${Math.round(statSync(target).size / 1000)} kB`);
