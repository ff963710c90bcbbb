import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeNight } from '../../src/report/night/compose.ts';
import type { PictureSources } from '../../src/report/night/draw.ts';
import { selfContained } from '../../src/report/night/mail.ts';
import { nightReport } from '../../src/report/night/model.ts';
import { busyNight } from '../report/night/busy-night.ts';
import { startBrowser } from './chromium.ts';

const nothing: PictureSources = { folderOf: () => null, uncertainOf: () => [] };
const folder = mkdtempSync(join(tmpdir(), 'particled-mail-'));
const whole = join(folder, 'night.html');
const blocked = join(folder, 'blocked.html');

beforeAll(async () => {
  const mail = await composeNight(nightReport(busyNight()), nothing, 'particled');
  writeFileSync(whole, selfContained(mail));
  writeFileSync(blocked, mail.html.replaceAll(/src="cid:[^"]*"/g, 'src="https://blocked.invalid/"'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Shows the mail; set MAIL_PICTURES to a folder to look at it yourself. */
async function shown(
  file: string,
  name: string,
  { widthPx = 360, colorScheme = 'light' as 'light' | 'dark' } = {},
): Promise<Page> {
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: widthPx, height: 800 }, colorScheme });
  await page.goto(`file://${file}`);
  const pictures = process.env.MAIL_PICTURES;
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  return page;
}

/** Runs in the page. */
const measures = {
  /** How far content reaches beyond the window to the right. */
  overflowPx: 'document.documentElement.scrollWidth - window.innerWidth',
  /** Texts whose contrast with the ground behind them is under WCAG's 4.5, largest letters apart. */
  faint: `(() => {
    const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const ground = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const colour = rgb(getComputedStyle(at).backgroundColor);
        if (colour.length < 4 || colour[3] > 0) return colour;
      }
      return [255, 255, 255];
    };
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.offsetParent && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
      .filter((element) => {
        const [a, b] = [light(rgb(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05) < 4.5;
      })
      .map((element) => element.textContent.trim());
  })()`,
  smallestPx: `Math.min(...[...document.querySelectorAll('body *')].filter((element) => element.offsetParent && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim().length > 1)).map((element) => parseFloat(getComputedStyle(element).fontSize)))`,
  picturesShown: `[...document.images].filter((image) => image.offsetParent).map((image) => ({ alt: image.alt, whole: image.complete && image.naturalWidth > 0, height: image.height }))`,
  height: 'document.body.scrollHeight',
} as const;

interface ShownPicture {
  readonly alt: string;
  readonly whole: boolean;
  readonly height: number;
}

describe("the night's mail in a browser", () => {
  it.each([
    ['phone', 360, 'light'],
    ['phone-dark', 360, 'dark'],
    ['desktop', 800, 'light'],
    ['desktop-dark', 800, 'dark'],
  ] as const)('fits and can be read: %s', async (name, widthPx, colorScheme) => {
    const page = await shown(whole, name, { widthPx, colorScheme });
    expect(await page.evaluate<number>(measures.overflowPx)).toBe(0);
    expect(await page.evaluate<string[]>(measures.faint)).toEqual([]);
    expect(await page.evaluate<number>(measures.smallestPx)).toBeGreaterThanOrEqual(13);
    const pictures = await page.evaluate<ShownPicture[]>(measures.picturesShown);
    // One of each pair of charts: four samples' sizes and the control chart.
    expect(pictures).toHaveLength(5);
    for (const picture of pictures) expect(picture.whole).toBe(true);
  });

  it('is dark where the reader is', async () => {
    const ground = 'getComputedStyle(document.querySelector(".card")).backgroundColor';
    const [light, dark] = await Promise.all(
      (['light', 'dark'] as const).map(async (colorScheme) => {
        const page = await shown(whole, `ground-${colorScheme}`, { colorScheme });
        return page.evaluate<string>(ground);
      }),
    );
    expect(light).toBe('rgb(255, 255, 255)');
    expect(dark).toBe('rgb(23, 26, 31)');
  });

  it('keeps its form and says its numbers where pictures are blocked', async () => {
    const page = await shown(blocked, 'blocked');
    expect(await page.evaluate<number>(measures.overflowPx)).toBe(0);
    const pictures = await page.evaluate<ShownPicture[]>(measures.picturesShown);
    expect(pictures.map(({ alt }) => alt)).toContain('Sizes around D50 3.61\u00A0µm (3.25 to 3.97).');
    // No hole of a chart's height stands where it would be: a few lines of words do.
    for (const { height } of pictures) expect(height).toBeLessThan(110);
  });
});
