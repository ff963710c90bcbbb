import { sampleSummary } from '../../report/sample/sample-summary.ts';
import type { StoredSummary } from '../../store/summaries.ts';
import { type Revision, revisionListSchema } from '../api/revision.ts';
import type { App, ServerParts } from '../server-parts.ts';
import { foundRun } from '../shown/found-run.ts';
import { answers } from './answers.ts';
import { runParams } from './params.ts';

/** What a run was said to be before it was corrected, or before tiles came late. */
export function revisionRoutes(app: App, { store }: ServerParts): void {
  app.get(
    '/api/v1/runs/:sampleId/:run/revisions',
    {
      schema: {
        ...{ summary: 'The revisions of a run whose figures are kept', tags: ['runs'], params: runParams },
        response: answers(revisionListSchema, 404),
      },
    },
    async ({ params }) => {
      const run = foundRun(store, params.sampleId, params.run);
      const stored = store.summaries.ofRun(run.id);
      const read = stored.map((one) => ({ revision: one.revision, shown: revisionOf(one) }));
      return {
        revisions: read.flatMap(({ shown }) => (shown ? [shown] : [])),
        unreadable: read.filter(({ shown }) => shown === null).map(({ revision }) => revision),
      };
    },
  );
}

/** Null where another version wrote it. */
function revisionOf({ revision, payload }: StoredSummary): Revision | null {
  try {
    const { at, final, statistics, provenance } = sampleSummary(payload);
    const reviewedBy = [...(provenance.reviewedBy ?? [])];
    return { revision, createdAt: at, final, reviewedBy, statistics };
  } catch {
    return null;
  }
}
