import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMetrics, type MetricSources } from '../../src/monitoring/metrics.ts';
import { recorder } from '../publish/sending.ts';
import { itNeeding, program } from '../support/needs.ts';
import { premises } from '../support/premises.ts';
import { prometheusSamples } from '../support/prometheus-text.ts';

const promtool = program('promtool', 'prometheus');
const guide = readFileSync(join(import.meta.dirname, '../../docs/monitoring.md'), 'utf8');

const asked: MetricSources = {
  tilesWaiting: () => 12,
  unsent: () => ({ messages: 3, oldestAtMs: Date.now() - 60_000 }),
  brokerConnected: () => true,
  healthState: () => 'maintenance-required',
  segmenterRestarts: () => 2,
  isGoingOn: () => true,
  disks: {
    store: () => Promise.resolve({ freeBytes: 5e9, totalBytes: 20e9 }),
    reports: () => Promise.resolve(null),
  },
  lastSample: () => ({ endedAtMs: 1_773_454_504_120, particles: 4200, d50Um: 5 }),
};

function metrics(sources: MetricSources | null = asked) {
  const log = recorder();
  const made = createMetrics(() => sources, log);
  const read = async (name: string): Promise<Record<string, number>> => {
    const found = prometheusSamples(await made.text()).filter((sample) => sample.name === name);
    return Object.fromEntries(found.map(({ labels, value }) => [Object.values(labels).join(), value]));
  };
  return { ...made, log, read };
}

describe('the metrics', () => {
  it('tell what the daemon is asked for, in units of their names', async () => {
    const { read } = metrics();
    expect(await read('particled_tiles_waiting')).toEqual({ '': 12 });
    expect(await read('particled_outbox_messages')).toEqual({ '': 3 });
    expect((await read('particled_outbox_oldest_age_seconds'))['']).toBeCloseTo(60, 0);
    expect(await read('particled_mqtt_connected')).toEqual({ '': 1 });
    expect(await read('particled_walk_going_on')).toEqual({ '': 1 });
    expect(await read('particled_segmenter_restarts_total')).toEqual({ '': 2 });
    expect(await read('particled_last_sample_d50_meters')).toEqual({ '': 5e-6 });
    expect(await read('particled_last_sample_timestamp_seconds')).toEqual({ '': 1_773_454_504.12 });
    expect(await read('particled_disk_free_bytes')).toEqual({ store: 5e9 });
    expect(await read('particled_disk_size_bytes')).toEqual({ store: 20e9 });
    expect(await read('particled_build_info')).toEqual({ [process.env.npm_package_version ?? '0.1.0']: 1 });
  });

  it('tell the health as a state set: one of five is 1', async () => {
    expect(await metrics().read('particled_health_state')).toEqual({
      normal: 0,
      'check-function': 0,
      'maintenance-required': 1,
      'out-of-specification': 0,
      failure: 0,
    });
  });

  it('count tiles by outcome, from 0 on, files by code, and times in classes', async () => {
    const { tileSegmented, tileFailed, fileSetAside, read } = metrics();
    expect(await read('particled_tiles_total')).toEqual({ segmented: 0, failed: 0 });
    for (const seconds of [0.2, 3, 3, 300]) tileSegmented(seconds);
    tileFailed();
    fileSetAside('truncated');
    expect(await read('particled_tiles_total')).toEqual({ segmented: 4, failed: 1 });
    expect(await read('particled_files_set_aside_total')).toEqual({ truncated: 1 });
    expect(await read('particled_tile_segmentation_seconds_bucket')).toMatchObject({
      '0.25': 1,
      '2.5': 1,
      '5': 3,
      '160': 3,
      '+Inf': 4,
    });
    expect(await read('particled_tile_segmentation_seconds_sum')).toEqual({ '': 306.2 });
  });

  it('tell the memory and the event loop of the process', async () => {
    const { read } = metrics();
    expect((await read('process_resident_memory_bytes'))['']).toBeGreaterThan(1e7);
    expect(Object.keys(await read('nodejs_eventloop_lag_p99_seconds'))).toHaveLength(1);
  });

  it('leave out what is not known, and say why a figure cannot be had', async () => {
    const before = metrics({ ...asked, lastSample: () => null });
    expect(await before.read('particled_last_sample_d50_meters')).toEqual({});
    const starting = metrics(null);
    expect(await starting.read('particled_tiles_waiting')).toEqual({});
    expect(await starting.read('particled_health_state')).toEqual({});
    expect(await starting.read('particled_tiles_total')).toEqual({ segmented: 0, failed: 0 });
    const broken = metrics({
      ...asked,
      tilesWaiting: () => {
        throw new Error('the database is gone');
      },
    });
    expect(await broken.read('particled_tiles_waiting')).toEqual({});
    expect(await broken.read('particled_mqtt_connected')).toEqual({ '': 1 });
    expect(broken.log.lines[0]).toMatchObject({ facts: { err: 'the database is gone' } });
  });

  it('have no label that grows with samples, files or tiles', async () => {
    const text = await metrics().text();
    const labels = new Set(prometheusSamples(text).flatMap((sample) => Object.keys(sample.labels)));
    const ofParticled = prometheusSamples(text).filter(({ name }) => name.startsWith('particled_'));
    expect(new Set(ofParticled.flatMap((sample) => Object.keys(sample.labels)))).toEqual(
      new Set(['outcome', 'le', 'version', 'state', 'use']),
    );
    expect(labels.has('path')).toBe(false);
    expect(text).not.toMatch(/\/(var|home|tmp|srv)\//);
  });

  it('stand in docs/monitoring.md, each of them and no other', async () => {
    const { fileSetAside, text } = metrics();
    fileSetAside('empty');
    const told = await text();
    const there = new Set([...told.matchAll(/^# TYPE (particled_\w+) /gm)].map(([, name]) => name));
    const named = [...guide.matchAll(/\b((?:particled|process|nodejs)_\w+)/g)].map(([, name = '']) => name);
    expect(new Set(named.filter((name) => name.startsWith('particled_')))).toEqual(there);
    for (const name of named) expect(told).toContain(`# TYPE ${name} `);
  });

  itNeeding(promtool)('are read so by the configuration and the alerts of docs/monitoring.md', () => {
    const { folder } = premises();
    for (const [what, yaml = ''] of [...guide.matchAll(/```yaml\n(.*?)```/gs)].entries()) {
      const file = join(folder, `${what}.yml`);
      writeFileSync(file, yaml[1] ?? '');
      const kind = /^groups:/m.test(yaml[1] ?? '') ? 'rules' : 'config';
      const { status, stdout, stderr } = spawnSync('promtool', ['check', kind, file], { encoding: 'utf8' });
      expect(status, stdout + stderr).toBe(0);
    }
  });

  itNeeding(promtool)("hold before Prometheus's own linter", async () => {
    const { fileSetAside, tileSegmented, text } = metrics();
    tileSegmented(1);
    fileSetAside('empty');
    const ofParticled = (await text())
      .split('\n')
      .filter((line) => line.includes('particled_'))
      .join('\n');
    const linted = spawnSync('promtool', ['check', 'metrics'], {
      input: `${ofParticled}\n`,
      encoding: 'utf8',
    });
    expect(linted.stdout + linted.stderr).toBe('');
    expect(linted.status).toBe(0);
    // What prom-client says of Node is read as well; its names are its own.
    const all = spawnSync('promtool', ['check', 'metrics'], { input: await text(), encoding: 'utf8' });
    expect(all.stderr).not.toMatch(/error while (linting|parsing)|text format parsing/i);
  });
});
