/**
 * Live pages as browsers open them, without the browsers: each follows the events, reads the run at the start, and picture
 * and outlines of each tile as it comes. Forked by bench/live-page.ts, at the least priority, since people's browsers run on
 * other computers.
 */
import { Agent, get, type IncomingMessage } from 'node:http';
import { setPriority } from 'node:os';
import type { LiveEvent } from '../src/dashboard/api/event.ts';

export type ToReaders = { readonly open: number; readonly url: string } | { readonly open: 0 };
/** Events and bytes since the start, of all pages together. */
export interface FromReaders {
  readonly open: number;
  readonly events: number;
  readonly bytes: number;
  /** How many answers had each status; `broken`: none came while the page was open. */
  readonly statuses: Readonly<Record<string, number>>;
  /** What was said in those that were refused. */
  readonly refusals: readonly string[];
}

const told = { events: 0, bytes: 0, statuses: {} as Record<string, number>, refusals: [] as string[] };
let pages: { close(): void }[] = [];

function count(status: number | 'broken' | undefined): void {
  told.statuses[`${status}`] = (told.statuses[`${status}`] ?? 0) + 1;
}

function noteRefusal(words: string): void {
  if (told.refusals.length < 20 && !told.refusals.includes(words)) told.refusals.push(words);
}

/** @param localAddress an address of its own, as people's computers have: the server limits what one of them may ask */
function openPage(url: string, localAddress: string): Promise<{ close(): void }> {
  // Six connections to one server, as browsers have.
  const agent = new Agent({ keepAlive: true, maxSockets: 6, localAddress });
  let isOpen = true;
  const failed = (path: string, error: Error): void => {
    if (!isOpen) return; // whoever closes a page waits for no answer
    count('broken');
    noteRefusal(`${path}: ${error.message}`);
  };
  const read = (path: string): void => {
    get(`${url}/api/v1/${path}`, { agent }, (answer) => {
      count(answer.statusCode);
      let words = '';
      answer.on('error', (error) => failed(path, error));
      answer.on('data', (chunk: Buffer) => {
        told.bytes += chunk.length;
        if (answer.statusCode !== 200) words += chunk;
      });
      answer.on('end', () => {
        if (answer.statusCode !== 200) noteRefusal(`${answer.statusCode}: ${words.slice(0, 200)}`);
      });
    }).on('error', (error) => failed(path, error));
  };
  return new Promise((resolve, reject) => {
    const request = get(`${url}/api/v1/events`, { agent }, (events) => {
      count(events.statusCode);
      if (events.statusCode !== 200) return reject(new Error(`events: answered with ${events.statusCode}`));
      read('runs?limit=1');
      read('health');
      follow(events, read);
      resolve({
        close() {
          isOpen = false;
          request.destroy();
          agent.destroy();
        },
      });
    });
    request.once('error', reject);
  });
}

function follow(events: IncomingMessage, read: (path: string) => void): void {
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
      const event = JSON.parse(data) as LiveEvent;
      if (event.type !== 'tile' || event.tile.state !== 'segmented') continue;
      read(`tiles/${event.tile.contentHash}/picture?widthPx=240`);
      read(`tiles/${event.tile.contentHash}/pieces`);
    }
  });
}

if (process.send) {
  setPriority(19);
  process.on('message', async (asked: ToReaders) => {
    for (const page of pages.splice(0)) page.close();
    if (asked.open > 0 && 'url' in asked) {
      pages = await Promise.all(
        Array.from({ length: asked.open }, (_, i) => openPage(asked.url, `127.0.1.${i + 1}`)),
      );
    }
    process.send?.({ open: pages.length, ...told } satisfies FromReaders);
  });
}
