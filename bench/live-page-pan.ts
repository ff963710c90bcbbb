/**
 * What the page of a sample of 288 tiles with 10,000 particles costs a browser: frames while it is panned, the processor time
 * of its main thread in each, bytes, memory and the time to its first figures; from the tiles' own pictures and from the
 * pyramid, against the same page of one tile without a particle in the same run.
 *
 *     node bench/live-page-pan.ts        needs chromium (or CHROMIUM=path)
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import { configSchema } from '../src/config/schema.ts';
import { startDashboard } from '../src/dashboard/start-dashboard.ts';
import { silentLogger } from '../src/logger.ts';
import buildPage from '../test/browser/build-page.ts';
import { until } from '../test/support/until.ts';
import { median, say } from './figures.ts';
import { storeScan } from './live-page-run.ts';
import { writeTiles } from './virtual-tiles.ts';

const [ROWS, COLUMNS, PER_TILE] = [12, 24, 35];
const work = mkdtempSync(join(tmpdir(), 'particled-live-page-'));
const config = configSchema.parse({
  watch: { folder: join(work, 'export') },
  report: { folder: join(work, 'reports') },
  statistics: { resamples: 100 },
  store: { file: join(work, 'particled.db') },
  dashboard: { port: 0 },
});

interface Panned {
  readonly deltasMs: readonly number[];
  /** Of the main thread, in each frame on average; others that use the computer do not count. */
  readonly workMs: number;
}

/** One way across the window and back in small steps, as a hand does it. */
async function pan(page: Page, devtools: CDPSession): Promise<Panned> {
  const box = (await page.locator('.window').boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.evaluate(`(() => {
    window.deltas = [];
    let before = performance.now();
    const frame = (now) => {
      window.deltas.push(now - before);
      before = now;
      window.watch = requestAnimationFrame(frame);
    };
    window.watch = requestAnimationFrame(frame);
  })()`);
  const before = await mainThreadMs(devtools);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 0; step < 120; step++) {
    const angle = (2 * Math.PI * step) / 60;
    await page.mouse.move(x + 260 * Math.sin(angle), y + 120 * Math.sin(2 * angle));
    await page.waitForTimeout(12);
  }
  await page.mouse.up();
  const deltasMs = await page.evaluate<number[]>(
    '(cancelAnimationFrame(window.watch), window.deltas.slice(2))',
  );
  return { deltasMs, workMs: ((await mainThreadMs(devtools)) - before) / deltasMs.length };
}

async function mainThreadMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration')!.value;
}

function frames({ deltasMs, workMs }: Panned): string {
  const longest = Math.max(...deltasMs);
  const slow = deltasMs.filter((delta) => delta > 1000 / 60 + 4).length / deltasMs.length;
  return (
    `${workMs.toFixed(1)} ms of work a frame; frames: median ${median(deltasMs).toFixed(1)} ms, ` +
    `longest ${longest.toFixed(1)} ms, ${(100 * slow).toFixed(0)} % over 1/60 s`
  );
}

async function measure(name: string, address: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    const devtools = await page.context().newCDPSession(page);
    let bytes = 0;
    let lastMs = performance.now();
    // The line of events stays open, so that the network is never idle.
    const quiet = () => until('a quiet network', () => performance.now() - lastMs > 2_000);
    await devtools.send('Network.enable');
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
      lastMs = performance.now();
    });
    const start = performance.now();
    await page.goto(address, { waitUntil: 'commit' });
    await page.locator('.verdict').waitFor({ timeout: 120_000 });
    const figuresMs = performance.now() - start;
    const paint = await page.evaluate<number>(
      "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN",
    );
    await page.locator('.found:has-text("shown")').waitFor({ timeout: 120_000 });
    const allMs = performance.now() - start;
    await quiet();
    say(`${name}: first paint`, `${paint.toFixed(0)} ms`, `figures ${figuresMs.toFixed(0)} ms`);
    say(`${name}: particles and outlines`, `${allMs.toFixed(0)} ms`);
    await page.locator('.window').scrollIntoViewIfNeeded();
    for (const zooms of [0, 3, 3]) {
      for (let i = 0; i < zooms; i++) await page.locator('button[aria-label="Zoom in"]').click();
      await page.waitForTimeout(1_500);
      await quiet();
      const zoom = new URL(page.url()).searchParams.get('view')?.split(',')[2] ?? '';
      say(`${name}: panned at zoom ${zoom}`, '', frames(await pan(page, devtools)));
    }
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    say(`${name}: transferred`, `${(bytes / 1e6).toFixed(1)} MB`);
    say(`${name}: JavaScript heap`, `${(usedSize / 1e6).toFixed(1)} MB`);
  } finally {
    await browser.close();
  }
}

/** The folder of the sample's files is there, so that the pyramid is made; it is asked for until it is. */
async function makePyramid(path: string): Promise<void> {
  mkdirSync(join(config.report.folder!, path.replace('/samples/', '')), { recursive: true });
  const address = `${url}${path.replace('/samples/', '/api/v1/runs/')}/pyramid`;
  for (;;) {
    const { state } = (await (await fetch(address)).json()) as { state: string };
    if (state === 'ready') return;
    if (state === 'none') throw new Error(`no pyramid is made of ${path}`);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

let url = '';
try {
  await buildPage();
  const paths = writeTiles(config.watch.folder, ROWS, COLUMNS, 2);
  const full = storeScan(config, { label: 'full', columns: COLUMNS, paths, particlesPerTile: PER_TILE });
  const [one = ''] = writeTiles(join(config.watch.folder, 'one'), 1, 1, 1);
  const empty = storeScan(config, { label: 'empty', columns: 1, paths: [one], particlesPerTile: 0 });
  const logger = {
    ...silentLogger,
    info: (facts: object) => {
      if ('url' in facts) url = String(facts.url);
    },
  };
  const dashboard = startDashboard({ config, reviewing: null, logger });
  await until('the page', () => url !== '');
  const load = loadavg()[0]!.toFixed(1);
  console.log(
    `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, load ${load}; Chromium without a GPU\n` +
      `${paths.length} tiles, ${paths.length * PER_TILE} particles\n`,
  );
  await measure('empty', `${url}${empty}`);
  await measure('full', `${url}${full}`);
  await makePyramid(full);
  await measure('pyramid', `${url}${full}`);
  await dashboard.close();
} finally {
  rmSync(work, { recursive: true, force: true });
}
