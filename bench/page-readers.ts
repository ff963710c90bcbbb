/**
 * Pages Now as browsers open them, without the browsers: each follows the events, and asks for what `src/dashboard/browser/now/`
 * asks for as a tile comes. Forked by bench/live-page.ts, at the least priority, since people's browsers run on other computers.
 */
import { spawnSync } from 'node:child_process';
import { Agent, get, type IncomingMessage } from 'node:http';
import type { LiveEvent } from '../src/dashboard/api/event.ts';
import { lowerPriority } from '../src/process-priority.ts';

export type ToReaders =
  | { readonly open: number; readonly url: string }
  | { readonly open: 0 }
  /** Answered once all pages have what they asked for. */
  | { readonly rest: true };
/** Counts since the start, of all pages together. */
export interface FromReaders {
  readonly open: number;
  readonly events: number;
  readonly requests: number;
  readonly bytes: number;
  /** How many answers had each status; `broken`: none came while the page was open. */
  readonly statuses: Readonly<Record<string, number>>;
  /** What was said in those that were refused. */
  readonly refusals: readonly string[];
  /** Since the last answer: a tile's file, and when a page had its outlines. */
  readonly shown: readonly (readonly [name: string, atMs: number])[];
}

interface Page {
  readonly read: (path: string, then?: () => void) => void;
  isOpen: boolean;
}

/** The run is read, and the large picture follows, at most so often: `live-run.ts`, `tile-card.tsx`. */
const EVERY_MS = 1_500;
const REST_MS = 2_000;
const CHRT = '/usr/bin/chrt';

const told = { events: 0, requests: 0, bytes: 0, statuses: {} as Record<string, number> };
const refusals = new Set<string>();
let shown: [string, number][] = [];
let pages: { close(): void }[] = [];
let underWay = 0;
let lastAtMs = 0;

function count(status: number | 'broken' | undefined): void {
  told.statuses[`${status}`] = (told.statuses[`${status}`] ?? 0) + 1;
}

/** @param localAddress an address of its own, as people's computers have: the server limits what one of them may ask */
function openPage(url: string, localAddress: string): Promise<{ close(): void }> {
  // Six connections to one server, as browsers have.
  const agent = new Agent({ keepAlive: true, maxSockets: 6, localAddress });
  const headers = { 'accept-encoding': 'gzip' };
  const ask = (path: string, then: () => void): void => {
    underWay += 1;
    let isSettled = false;
    const settle = (): boolean => {
      if (isSettled) return false;
      isSettled = true;
      underWay -= 1;
      lastAtMs = performance.now();
      return page.isOpen; // whoever closes a page waits for no answer
    };
    const failed = (error: NodeJS.ErrnoException): void => {
      if (!settle()) return;
      // The server closes a connection that rests: browsers ask again by another.
      if (request.reusedSocket && error.code === 'ECONNRESET') ask(path, then);
      else {
        count('broken');
        refusals.add(`${path}: ${error.message}`);
      }
    };
    const request = get(`${url}/api/v1/${path}`, { agent, headers }, (answer) => {
      answer.once('error', failed);
      answer.on('data', (chunk: Buffer) => {
        told.bytes += chunk.length;
      });
      answer.once('end', () => {
        if (!settle()) return;
        count(answer.statusCode);
        if (answer.statusCode === 200) then();
        else refusals.add(`${answer.statusCode} to ${path}`);
      });
    }).once('error', failed);
  };
  const page: Page = {
    isOpen: true,
    read(path, then = () => {}) {
      told.requests += 1;
      ask(path, then);
    },
  };
  return new Promise((resolve, reject) => {
    const request = get(`${url}/api/v1/events`, { agent, headers }, (events) => {
      if (events.statusCode !== 200) return reject(new Error(`events: answered with ${events.statusCode}`));
      page.read('runs?limit=20');
      follow(events, page);
      resolve({
        close() {
          page.isOpen = false;
          request.destroy();
          agent.destroy();
        },
      });
    });
    request.once('error', reject);
  });
}

function follow(events: IncomingMessage, page: Page): void {
  const hear = listener(page);
  let rest = '';
  events.on('error', () => {}); // closed
  events.setEncoding('utf8').on('data', (text: string) => {
    told.bytes += text.length;
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: ?(.*)$/m.exec(block)?.[1];
      if (data === undefined) continue;
      told.events += 1;
      hear(JSON.parse(data) as LiveEvent);
    }
  });
}

/** What the page asks for when it hears of something; nothing twice. */
function listener(page: Page): (event: LiveEvent) => void {
  const asked = new Set<string>();
  const once = (path: string, key = path, then?: () => void): void => {
    if (asked.has(key)) return;
    asked.add(key);
    page.read(path, then);
  };
  const pictureSoon = throttled(page);
  const runSoon = throttled(page);
  return (event) => {
    if (event.type === 'tile') {
      const { contentHash, name, state, model, particles, uncertain } = event.tile;
      once(`tiles/${contentHash}/picture?widthPx=240`);
      if (state !== 'segmented') return;
      const key = `${contentHash} ${model} ${particles} ${uncertain}`;
      once(`tiles/${contentHash}/pieces?as=counted`, key, () => shown.push([name, Date.now()]));
      pictureSoon(() => once(`tiles/${contentHash}/picture?widthPx=960`));
    }
    if (event.type === 'summary') {
      const path = `runs/${event.sampleId}/${event.run}`;
      if (event.precision === undefined) page.read(`${path}/precision`);
      runSoon(() => page.read(path));
    }
  };
}

/** As `src/dashboard/browser/shell/throttled.ts`: the latest is done, at most so often. */
function throttled(page: Page): (ask: () => void) => void {
  let latest = (): void => {};
  let timer: NodeJS.Timeout | undefined;
  let askedAtMs = Number.NEGATIVE_INFINITY;
  return (ask) => {
    latest = ask;
    if (timer !== undefined) return;
    timer = setTimeout(
      () => {
        [timer, askedAtMs] = [undefined, performance.now()];
        if (page.isOpen) latest();
      },
      Math.max(0, askedAtMs + EVERY_MS - performance.now()),
    );
  };
}

async function rest(): Promise<void> {
  while (underWay > 0 || performance.now() - lastAtMs < REST_MS)
    await new Promise((soon) => setTimeout(soon, 50));
}

if (process.send) {
  lowerPriority('low');
  // Lower still, where util-linux is there: what browsers do shall not weigh on the daemon's computer.
  spawnSync(CHRT, ['--idle', '--all-tasks', '--pid', '0', `${process.pid}`]);
  process.on('message', async (asked: ToReaders) => {
    if ('rest' in asked) await rest();
    else {
      for (const page of pages.splice(0)) page.close();
      const addresses = Array.from({ length: asked.open }, (_, i) => `127.0.1.${i + 1}`);
      if ('url' in asked) pages = await Promise.all(addresses.map((address) => openPage(asked.url, address)));
    }
    process.send?.({
      open: pages.length,
      ...told,
      refusals: [...refusals].slice(0, 20),
      shown,
    } satisfies FromReaders);
    shown = [];
  });
}
