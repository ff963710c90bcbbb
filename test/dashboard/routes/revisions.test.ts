import { describe, expect, it } from 'vitest';
import type { RevisionList } from '../../../src/dashboard/api/revision.ts';
import { openStore } from '../../../src/store/database.ts';
import { storeDiscRun } from '../../support/disc-run.ts';
import { premises } from '../../support/premises.ts';
import { served } from '../served.ts';

const PATH = '/api/v1/runs/discs/run-1/revisions';

describe('revisions over HTTP', () => {
  it('are all that are kept, the latest first, with who corrected them, and which cannot be read', async () => {
    const place = premises();
    const runId = storeDiscRun(place.storeFile, { rows: 1, columns: 2 });
    const store = openStore(place.storeFile);
    const first = store.summaries.latest(runId)!.payload as { provenance: object };
    const save = (payload: object) =>
      store.summaries.save(runId, 'complete', (revision) => ({
        ...{ topic: 'summary', retain: false },
        payload: { ...payload, revision },
      }));
    save({ ...first, provenance: { ...first.provenance, reviewedBy: ['Ann'] } });
    save({ schema: 'particled/summary/99' });
    store.close();

    const { json } = await served(place);
    const { status, body } = await json(PATH);
    const { revisions, unreadable } = body as RevisionList;
    expect(status).toBe(200);
    expect(unreadable).toEqual([3]);
    expect(revisions.map(({ revision, reviewedBy }) => ({ revision, reviewedBy }))).toEqual([
      { revision: 2, reviewedBy: ['Ann'] },
      { revision: 1, reviewedBy: [] },
    ]);
    expect(revisions[0]?.statistics).toEqual(revisions[1]?.statistics);
  });

  it('are none of a run that is not there', async () => {
    const place = premises();
    storeDiscRun(place.storeFile, { rows: 1, columns: 1 });
    const { json } = await served(place);
    expect(await json(PATH.replace('run-1', 'run-2'))).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('there is no run run-2') },
    });
  });
});
