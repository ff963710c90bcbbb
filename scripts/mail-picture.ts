import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';

/**
 * The README's picture of the mail, on a phone in light and dark side by side:
 * `node scripts/mail-picture.ts night-2026-11-24.html` writes docs/mail.png.
 */
const [source, target = 'docs/mail.png'] = process.argv.slice(2);
if (source === undefined)
  throw new Error('which mail? node scripts/mail-picture.ts night-DATE.html [docs/mail.png]');

const WIDTH_PX = 400;
const HEIGHT_PX = 1250;
const GAP_PX = 16;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const shots = await Promise.all(
  (['light', 'dark'] as const).map(async (colorScheme) => {
    const page = await browser.newPage({ viewport: { width: WIDTH_PX, height: HEIGHT_PX }, colorScheme });
    await page.goto(`file://${resolve(source)}`);
    return page.screenshot();
  }),
);
await browser.close();

await sharp({
  create: { width: 2 * WIDTH_PX + GAP_PX, height: HEIGHT_PX, channels: 4, background: '#00000000' },
})
  .composite(shots.map((input, i) => ({ input, left: i * (WIDTH_PX + GAP_PX), top: 0 })))
  .png({ palette: true, quality: 90, compressionLevel: 9 })
  .toFile(target);
console.log(`${target}: ${Math.round(statSync(target).size / 1000)} kB`);
