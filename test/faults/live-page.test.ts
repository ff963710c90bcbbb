import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { premises, settingsFor } from '../support/premises.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';
import { until } from '../support/until.ts';

/** Processes of the live page over this store, by proc(5): that of the page, and that of its pictures below it. */
function pageProcesses(storeFile: string): number[] {
  const running = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const of = (pid: string, file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8');
    } catch {
      return ''; // it has ended
    }
  };
  const pages = running.filter((pid) => {
    const command = of(pid, 'cmdline');
    return command.includes('dashboard-process') && command.includes(storeFile);
  });
  const below = running.filter((pid) =>
    pages.includes(/^\d+ \(.*\) \S (\d+)/s.exec(of(pid, 'stat'))?.[1] ?? ''),
  );
  return [...pages, ...below].map(Number);
}

function alive(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    try {
      return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  });
}

async function watched() {
  const place = premises();
  const settings = settingsFor(place, {
    mqtt: { port: 0, summaryIntervalS: 0.3 },
    grid: { rows: 1, columns: 1 },
    dashboard: { port: 0 },
  });
  const daemon = startDaemonProcess(place, settings);
  await daemon.says('the live page listens');
  writeTiles(place.exportFolder, await simulatedTiles({ rows: 1, columns: 1, sampleLabel: 'A' }));
  await daemon.says('run ended');
  const url = String(daemon.log().find(({ msg }) => msg === 'the live page listens')?.url);
  const json = async (path: string) => (await fetch(`${url}/api/v1/${path}`)).json() as Promise<never>;
  const run = await until('a page that knows of it', async () => {
    const { runs } = (await json('runs')) as { runs: { sampleId: string; run: string; final: boolean }[] };
    return runs.find(({ final }) => final);
  });
  const { tiles } = (await json(`runs/${run.sampleId}/${run.run}`)) as { tiles: { contentHash: string }[] };
  const picture = await fetch(`${url}/api/v1/tiles/${tiles[0]?.contentHash}/picture?widthPx=240`);
  expect(picture.headers.get('content-type')).toBe('image/jpeg');
  const pids = pageProcesses(place.storeFile);
  // The page's, and that which has made the picture.
  expect(pids.length).toBeGreaterThanOrEqual(2);
  return { daemon, url, pids, settings, place };
}

describe('the processes of the live page', () => {
  it('end with a daemon that is killed', async () => {
    const { daemon, pids } = await watched();
    process.kill(daemon.pid, 'SIGKILL');
    await daemon.ended();
    await until('their end', () => alive(pids).length === 0, { timeoutMs: 10_000 });
  });

  it('end with a daemon that is told to, though people at a terminal tell them all', async () => {
    const { daemon, pids } = await watched();
    expect(await daemon.endGroup('SIGTERM')).toBe(0);
    expect(alive(pids)).toEqual([]);
  });

  it('listen elsewhere once the configuration says so, and not at all once it does not', async () => {
    const { daemon, url, settings } = await watched();
    daemon.configure({ ...settings, dashboard: { port: 0, hostNames: ['sem.lab.example'] } });
    daemon.signal('SIGHUP');
    await daemon.says('the live page listens', 2);
    await expect(fetch(`${url}/api/v1/runs`)).rejects.toThrow();
    daemon.configure({ ...settings, dashboard: { port: null } });
    daemon.signal('SIGHUP');
    await daemon.says('particled is up', 3);
    expect(daemon.log().filter(({ msg }) => msg === 'the live page listens')).toHaveLength(2);
    expect(await daemon.end('SIGTERM')).toBe(0);
  });
});
