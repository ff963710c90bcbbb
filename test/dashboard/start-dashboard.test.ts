import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import type { Reviewing } from '../../src/dashboard/reviewing.ts';
import { type Dashboard, startDashboard } from '../../src/dashboard/start-dashboard.ts';
import type { Logger } from '../../src/logger.ts';
import { CommandRefusedError } from '../../src/publish/command-kinds.ts';
import { openStore } from '../../src/store/database.ts';
import { storeDiscRun } from '../support/disc-run.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { until } from '../support/until.ts';
import { statusExample } from './status-example.ts';

interface Started {
  readonly dashboard: Dashboard;
  readonly lines: { readonly facts: Record<string, unknown>; readonly message: string }[];
  /** Where it listens, for the so-and-so-many-th time. */
  url(time?: number): Promise<string>;
  pid(): number;
}

function started(port = 0, reviewing: Reviewing | null = null): Started {
  const place = premises();
  storeDiscRun(place.storeFile, { rows: 1, columns: 1 });
  const lines: Started['lines'][number][] = [];
  const say = (facts: object, message: string): void => void lines.push({ facts: { ...facts }, message });
  const logger: Logger = { debug: say, info: say, warn: say, error: say };
  const config = configSchema.parse(settingsFor(place, { dashboard: { port } }));
  const dashboard = startDashboard({ config, reviewing, logger });
  onTestFinished(() => dashboard.close());
  return {
    dashboard,
    lines,
    async url(time = 1) {
      const listening = () => lines.filter(({ message }) => message === 'the live page listens');
      await until('the page', () => listening().length >= time, {
        timeoutMs: 60_000,
        describe: () => JSON.stringify(lines),
      });
      return String(listening().at(-1)?.facts.url);
    },
    pid: () => pageProcesses()[0] ?? 0,
  };
}

/** Of this test's process, by proc(5). */
function pageProcesses(): number[] {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
    .trim()
    .split(' ');
  return children.map(Number).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dashboard-process');
    } catch {
      return false;
    }
  });
}

describe('the process of the live page', { timeout: 120_000 }, () => {
  it('shows what the daemon says of itself, and starts again when it was killed, with a fault in between', async () => {
    const page = started();
    let waiting = 3;
    page.dashboard.show(() => JSON.stringify({ ...statusExample, queue: { waiting } }));
    const url = await page.url();
    const health = async () =>
      (await fetch(`${url}/api/v1/health`)).json() as Promise<{ queue: { waiting: number } }>;
    await until('the status', async () => (await health()).queue?.waiting === 3);
    waiting = 2;
    await until('the next status', async () => (await health()).queue.waiting === 2);

    process.kill(page.pid(), 'SIGKILL');
    await until('the fault', () => page.dashboard.faults().length > 0);
    expect(page.dashboard.faults()).toEqual([
      'the process of the live page has ended (SIGKILL) and is started again after 1 s; the log says why, and all else goes on',
    ]);
    const again = await page.url(2);
    expect(page.dashboard.faults()).toEqual([]);
    expect((await fetch(`${again}/api/v1/runs`)).status).toBe(200);

    await page.dashboard.close();
    expect(pageProcesses()).toEqual([]);
  });

  it('says that its port is taken, and by whom it may be freed', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const { dashboard } = started(port);
    await until('the fault', () => dashboard.faults().length > 0, { timeoutMs: 60_000 });
    expect(dashboard.faults()[0]).toMatch(
      new RegExp(`^the live page cannot listen on 127.0.0.1 port ${port} \\(.*EADDRINUSE.*; end the program`),
    );
  });

  it('has the daemon do what reviewers ask for, and gives its words where it refuses', async () => {
    const asked: unknown[] = [];
    const reviewing: Reviewing = {
      correct: (contentHash, reviewer, change) => {
        asked.push([contentHash, reviewer, change]);
        const at = '2026-01-02T03:04:05.000Z';
        const none = { undone: false, undoneBy: null, stale: false, appliedInRevision: null };
        return { id: 7, contentHash, reviewer, at, change, ...none };
      },
      undo: () => {
        throw new CommandRefusedError('there is no correction 9 of this tile');
      },
      review: () => {
        throw new Error('/var/lib/particled.db: disk is full');
      },
    };
    const page = started(0, reviewing);
    const url = await page.url();
    const [tile] = (
      (await (await fetch(`${url}/api/v1/runs/discs/run-1`)).json()) as { tiles: { contentHash: string }[] }
    ).tiles;
    const send = async (method: string, path: string, body?: object) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${url}/api/v1/${path}`, {
        method,
        ...(body && { headers, body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    const corrections = `tiles/${tile?.contentHash}/corrections`;
    const change = { kind: 'judge', of: 0, certain: false };
    expect(await send('POST', corrections, { reviewer: 'Ann', change })).toMatchObject({
      status: 200,
      body: { id: 7 },
    });
    expect(asked).toEqual([[tile?.contentHash, 'Ann', change]]);
    expect((await send('POST', corrections, { reviewer: '', change })).status).toBe(400);
    expect((await send('POST', corrections, { reviewer: 'Ann', change: { kind: 'paint' } })).status).toBe(
      400,
    );
    const twice = { kind: 'merge', of: [0, 0], outlinePx: [[0, 0, 20, 0, 20, 20]] };
    expect(await send('POST', corrections, { reviewer: 'Ann', change: twice })).toEqual({
      status: 400,
      body: { message: 'body: change.of: must name each piece once' },
    });
    expect(asked).toHaveLength(1);
    expect(await send('DELETE', `${corrections}/9?reviewer=Ann`)).toEqual({
      status: 409,
      body: { message: 'there is no correction 9 of this tile' },
    });
    const failed = await send('POST', 'runs/discs/run-1/review', { reviewer: 'Ann' });
    expect(failed).toEqual({
      status: 503,
      body: { message: 'this could not be done now; the log of particled says why' },
    });
    expect(page.lines.some(({ facts }) => String(facts.err).includes('disk is full'))).toBe(true);
  });

  it('is not there where no port is set', () => {
    const place = premises();
    openStore(place.storeFile).close();
    const config = configSchema.parse(settingsFor(place));
    const dashboard = startDashboard({ config, reviewing: null, logger: console });
    dashboard.show(() => {
      throw new Error('nobody looks');
    });
    expect([dashboard.faults(), pageProcesses()]).toEqual([[], []]);
  });
});
