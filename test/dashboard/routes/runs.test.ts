import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type {
  particleListSchema,
  runOutlinesSchema,
  TilePieces,
} from '../../../src/dashboard/api/particle.ts';
import type { RunDetail, RunEntry } from '../../../src/dashboard/api/run.ts';
import { shownRun } from '../../../src/report/particles/shown-run.ts';
import { sampleSummary } from '../../../src/report/sample/sample-summary.ts';
import { openStore, openStoreReadOnly } from '../../../src/store/database.ts';
import { exampleRun, message, segmentedTile } from '../../store/examples.ts';
import { storeDiscRun } from '../../support/disc-run.ts';
import { premises } from '../../support/premises.ts';
import { served } from '../served.ts';

type List = z.infer<typeof particleListSchema>;
const RUN = '/api/v1/runs/discs/run-1';

async function withDiscs() {
  const place = premises();
  const runId = storeDiscRun(place.storeFile, { rows: 2, columns: 3, overlap: 0.1 });
  return { place, runId, ...(await served(place)) };
}

describe('runs on the live page', () => {
  it('are found by label, state, verdict, date and D50, the latest first', async () => {
    const place = premises();
    const day = 86_400_000;
    for (const [seed, label] of ['Li1_1F0', 'Li2 <b>', 'Mn3'].entries()) {
      storeDiscRun(place.storeFile, { rows: 1, columns: 2, label, seed, lastTileAtMs: (seed + 1) * day });
    }
    const { json } = await served(place);
    const found = async (query: string): Promise<string[]> => {
      const { body } = await json(`/api/v1/runs?${query}`);
      return (body as { runs: RunEntry[] }).runs.map(({ sampleLabel }) => sampleLabel);
    };
    expect(await found('')).toEqual(['Mn3', 'Li2 <b>', 'Li1_1F0']);
    expect(await found('query=LI')).toEqual(['Li2 <b>', 'Li1_1F0']);
    expect(await found('limit=1&offset=1')).toEqual(['Li2 <b>']);
    expect(await found('from=1970-01-03&to=1970-01-03')).toEqual(['Li2 <b>']);
    expect(await found('state=filling')).toEqual([]);
    expect(await found('d50MinUm=0&d50MaxUm=1000')).toHaveLength(3);
    expect(await found('d50MinUm=1000')).toEqual([]);
    const { status, body } = await json('/api/v1/runs?limit=1000');
    expect({ status, body }).toEqual({
      status: 400,
      body: { message: expect.stringContaining('querystring: limit: ') },
    });
  });

  it('show their grid and tiles, and the summary as it was published', async () => {
    const { json } = await withDiscs();
    const { status, body } = await json(RUN);
    const { entry, rows, columns, tiles, summary, emptyPlaces } = body as RunDetail;
    expect(status).toBe(200);
    expect([rows, columns, tiles.length, emptyPlaces]).toEqual([2, 3, 6, []]);
    expect(entry).toMatchObject({
      state: 'complete',
      final: true,
      revision: 1,
      tiles: { segmented: 6, waiting: 0 },
    });
    expect(entry.d50Um?.value).toBe(summary?.statistics.all.diameterEquivalentUm?.d50.value);
    expect(new Set(tiles.map(({ row, column }) => `${row} ${column}`)).size).toBe(6);
    expect(JSON.stringify(body)).not.toContain('/export/');
    expect(tiles.map(({ name }) => name).sort()[0]).toBe('discs_0.tif');
  });

  it('say in words where there is none', async () => {
    const { json } = await withDiscs();
    expect(await json('/api/v1/runs/discs/run-2')).toEqual({
      status: 404,
      body: { message: 'there is no run run-2 of a sample discs; GET /api/v1/runs lists them' },
    });
  });

  it('say what is wrong with what is asked for', async () => {
    const { json } = await withDiscs();
    const refused = async (query: string) => {
      const { body } = await json(`/api/v1/runs?${query}`);
      return (body as { message: string }).message;
    };
    expect(await refused('limit=1000')).toBe('querystring: limit: Too big: expected number to be <=200');
    expect(await refused('nonsense=1')).toBe('querystring: Unrecognized key: "nonsense"');
  });
});

describe('particles on the live page', () => {
  it('are those that the report counts, in its order, with the pieces that tiles show', async () => {
    const { json, place, runId } = await withDiscs();
    const store = openStoreReadOnly(place.storeFile);
    const shown = shownRun({
      summary: sampleSummary(store.summaries.latest(runId)?.payload),
      tiles: store.tiles.ofRun(runId),
      columns: [...store.particles.columnsOfRun(runId)],
    });
    const hashes = new Map(store.tiles.ofRun(runId).map(({ id, file }) => [id, file.contentHash]));
    store.close();
    const { total, particles } = (await json(`${RUN}/particles`)).body as List;
    expect(total).toBe(shown.particles.length);
    expect(particles.some(({ pieces }) => pieces.length > 1)).toBe(true);
    expect(particles.map(({ areaUm2, pieces }) => ({ areaUm2, pieces }))).toEqual(
      shown.particles.map(({ areaUm2, pieces }) => ({
        areaUm2,
        pieces: pieces.map(({ tile, number }) => ({ contentHash: hashes.get(tile.tileId), number })),
      })),
    );
  });

  it('are chosen by certainty, diameter and a filter, ordered, and given page by page', async () => {
    const { json } = await withDiscs();
    const list = async (query: string) => (await json(`${RUN}/particles?${query}`)).body as List;
    const { particles: all } = await list('');
    const uncertain = await list('certain=false');
    expect(uncertain.particles).toEqual(all.filter(({ certain }) => !certain));
    const [from, to] = [8, 16];
    const middle = await list(`diameterMinUm=${from}&diameterMaxUm=${to}`);
    expect(middle.total).toBe(all.filter(({ diameterEquivalentUm: of }) => of >= from && of <= to).length);
    const filtered = await list(`filter=${encodeURIComponent('areaUm2 >= 100 and circularity > 0')}`);
    // Nobody has seen the outline of a joined one, so that it fulfils no condition on its shape.
    expect(filtered.particles).toEqual(
      all.filter(({ areaUm2, circularity }) => areaUm2 >= 100 && circularity !== null && circularity > 0),
    );
    const largest = await list('order=diameter&descending=true&limit=2&offset=1');
    expect(largest.particles).toEqual([all.at(-2), all.at(-3)]);
    const refused = await json(`${RUN}/particles?filter=colour%20%3E%201`);
    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/^filter: .*colour/) },
    });
  });

  it('are counted anew with a new result, not from memory', async () => {
    const { json, place, runId } = await withDiscs();
    const list = async () => ((await json(`${RUN}/particles`)).body as List).total;
    const before = await list();
    const store = openStore(place.storeFile);
    const [tile] = store.tiles.ofRun(runId);
    store.results.askAgain(runId, { model: null, thresholds: {}, underWay: true }, [tile!.id]);
    store.results.recordResult(tile!.id, { ...segmentedTile([]), site: tile!.site }, [message('tile')]);
    store.close();
    expect(await list()).toBeLessThan(before);
  });

  it('lie in tiles, each piece at its place in the list, all of a run at once too', async () => {
    const { json } = await withDiscs();
    const { tiles } = (await json(`${RUN}/outlines`)).body as z.infer<typeof runOutlinesSchema>;
    expect(tiles).toHaveLength(6);
    const [first] = tiles;
    const { body } = await json(`/api/v1/tiles/${first?.contentHash}/pieces`);
    expect(body as TilePieces).toEqual(first);
    expect(first?.pieces.map(({ number }) => number)).toEqual(first?.pieces.map((_, at) => at));
  });

  it('that retention has deleted are told of as gone', async () => {
    const { json, place, runId } = await withDiscs();
    const store = openStore(place.storeFile);
    store.runs.create({ ...exampleRun, name: 'newer' }); // the newest run keeps its rows
    expect(store.keptRows.close(runId, Date.now(), 30)).toBe(true);
    const [tile] = store.tiles.ofRun(runId);
    store.close();
    const gone = {
      message: 'run-1: its particles were deleted after 30 days (retention.rowsDays); its summary stays',
    };
    for (const path of [
      `${RUN}/particles`,
      `${RUN}/outlines`,
      `/api/v1/tiles/${tile?.file.contentHash}/pieces`,
    ]) {
      expect(await json(path), path).toEqual({ status: 410, body: gone });
    }
    expect((await json(RUN)).status).toBe(200);
  });
});

describe('a hostile label', () => {
  it('is text in answers that no browser takes for a page', async () => {
    const place = premises();
    const label = `<script>alert(1)</script>"'\u2028`;
    storeDiscRun(place.storeFile, { rows: 1, columns: 1, label });
    const { get, json } = await served(place);
    const answer = await get('/api/v1/runs');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const [run] = ((await answer.json()) as { runs: RunEntry[] }).runs;
    expect(run?.sampleLabel).toBe(label);
    const path = `/api/v1/runs/${encodeURIComponent(run?.sampleId ?? '')}/${run?.run}`;
    expect(((await json(path)).body as RunDetail).entry.sampleLabel).toBe(label);
    expect((await json(`/api/v1/runs/${encodeURIComponent(label)}/x`)).body).toMatchObject({
      message: expect.stringContaining(label),
    });
  });
});

describe('the description of the API', () => {
  it('is the one in the documents', async () => {
    const { json } = await withDiscs();
    expect((await json('/api/v1/openapi.json')).body).toEqual(
      JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')),
    );
  });
});
