import { describe, expect, it } from 'vitest';
import type { ChartReply } from '../../../src/dashboard/api/chart.ts';
import { openStore } from '../../../src/store/database.ts';
import { exampleRun } from '../../store/examples.ts';
import { storeDiscRun } from '../../support/disc-run.ts';
import { premises } from '../../support/premises.ts';
import { served } from '../served.ts';

const CHARTS = '/api/v1/runs/one/run-1/charts';

async function withTwoRuns() {
  const place = premises();
  const runId = storeDiscRun(place.storeFile, { rows: 2, columns: 3, label: 'one', seed: 1 });
  storeDiscRun(place.storeFile, { rows: 2, columns: 2, label: 'other', seed: 2 });
  return { place, runId, ...(await served(place)) };
}

describe('charts over HTTP', () => {
  it('come as wide as asked for, each with a sentence for who does not see it', async () => {
    const { json } = await withTwoRuns();
    for (const name of ['size-distribution', 'size-shape', 'comparison']) {
      const { status, body } = await json(`${CHARTS}/${name}?widthPx=720&theme=dark`);
      expect(status, name).toBe(200);
      const { chart, reason } = body as ChartReply;
      expect(reason).toBeNull();
      expect(chart!.plotWidthPx + chart!.paddingPx.left + chart!.paddingPx.right).toBe(720);
      expect(chart!.alt.length).toBeGreaterThan(20);
    }
  });

  it('compare with the runs that are named, in their order', async () => {
    const { json } = await withTwoRuns();
    const altOf = async (query: string) =>
      ((await json(`${CHARTS}/comparison?${query}`)).body as ChartReply).chart?.alt;
    expect(await altOf('with=other/run-2')).toMatch(/^Cumulative curves of 2 runs, .*one \(this\).*; other /);
    expect(await altOf('')).not.toContain('other');
    // The other charts are of one run alone.
    const own = (await json(`${CHARTS}/size-shape`)).body;
    expect((await json(`${CHARTS}/size-shape?with=other/run-2`)).body).toEqual(own);
  });

  it('are refused in words: names that are none, runs that are not there, more than six', async () => {
    const { json } = await withTwoRuns();
    const refused = async (path: string) => {
      const { status, body } = await json(path);
      return [status, (body as { message: string }).message];
    };
    expect(await refused(`${CHARTS}/comparison?with=other`)).toEqual([
      400,
      'with=other names no run; it is written sampleId/run, as in GET /api/v1/runs',
    ]);
    expect(await refused(`${CHARTS}/comparison?with=other/run-9`)).toEqual([
      404,
      'there is no run run-9 of a sample other; GET /api/v1/runs lists them',
    ]);
    const six = Array(6).fill('with=other/run-2').join('&');
    expect(await refused(`${CHARTS}/comparison?${six}`)).toEqual([400, expect.stringContaining('with')]);
    expect((await refused(`${CHARTS}/pie`))[0]).toBe(400);
    expect((await refused(`${CHARTS}/size-shape?widthPx=279`))[0]).toBe(400);
  });

  it('show the next revision once it is there, and say that particles were deleted', async () => {
    const { json, place, runId } = await withTwoRuns();
    expect((await json(`${CHARTS}/size-shape`)).status).toBe(200);
    const store = openStore(place.storeFile);
    const before = store.summaries.latest(runId)!.payload as { sample: object };
    store.summaries.save(runId, 'complete', (revision) => ({
      ...{ topic: 'summary', retain: false },
      payload: { ...before, sample: { ...before.sample, label: 'renamed' }, revision },
    }));
    const label = async () => JSON.stringify((await json(`${CHARTS}/comparison`)).body);
    expect(await label()).toContain('renamed');
    store.runs.create({ ...exampleRun, name: 'newer' }); // the newest run keeps its rows
    expect(store.keptRows.close(runId, Date.now(), 30)).toBe(true);
    store.close();
    expect(await json(`${CHARTS}/size-shape`)).toEqual({
      status: 410,
      body: {
        message: 'run-1: its particles were deleted after 30 days (retention.rowsDays); its summary stays',
      },
    });
  });
});
