import { z } from 'zod';
import { correctionEntry } from '../../requests/correction-entry.ts';
import {
  correctionListSchema,
  correctionRequestSchema,
  correctionSchema,
  reviewReplySchema,
  reviewRequestSchema,
} from '../api/correction.ts';
import type { App, ServerParts } from '../server-parts.ts';
import { foundRun, foundTile } from '../shown/found-run.ts';
import { answers } from './answers.ts';
import { runParams, tileParams } from './params.ts';

const tags = ['corrections'];
const oneOfTile = tileParams.extend({ id: z.coerce.number().int().min(0).describe('of the correction') });
const byReviewer = z.strictObject({ reviewer: reviewRequestSchema.shape.reviewer });

/** What people say where the model is wrong: the daemon alone writes it. */
export function correctionRoutes(app: App, { store, daemon }: ServerParts): void {
  app.get(
    '/api/v1/tiles/:contentHash/corrections',
    {
      schema: {
        ...{ summary: 'What was corrected in a tile', tags, params: tileParams },
        response: answers(correctionListSchema, 404),
      },
    },
    async ({ params: { contentHash } }) => {
      const { id } = foundTile(store, contentHash);
      return { corrections: store.corrections.ofTile(id).map((one) => correctionEntry(one, contentHash)) };
    },
  );
  app.post(
    '/api/v1/tiles/:contentHash/corrections',
    {
      schema: {
        ...{ summary: 'Corrects a tile', tags, params: tileParams, body: correctionRequestSchema },
        response: answers(correctionSchema, 400, 403, 404, 409, 501),
      },
    },
    async ({ params: { contentHash }, body }) => {
      foundTile(store, contentHash);
      return daemon.ask('correct', { contentHash, ...body });
    },
  );
  app.delete(
    '/api/v1/tiles/:contentHash/corrections/:id',
    {
      schema: {
        ...{ summary: 'Undoes a correction', tags, params: oneOfTile, querystring: byReviewer },
        response: answers(correctionSchema, 400, 403, 404, 409, 501),
      },
    },
    async ({ params: { contentHash, id }, query: { reviewer } }) => {
      foundTile(store, contentHash);
      return daemon.ask('undo', { contentHash, id, reviewer });
    },
  );
  app.post(
    '/api/v1/runs/:sampleId/:run/review',
    {
      schema: {
        ...{ summary: 'Counts the run with its corrections, as a new revision', tags, params: runParams },
        body: reviewRequestSchema,
        response: answers(reviewReplySchema, 400, 403, 404, 409, 501),
      },
    },
    async ({ params: { sampleId, run }, body: { reviewer } }) => {
      foundRun(store, sampleId, run);
      return daemon.ask('review', { sampleId, run, reviewer });
    },
  );
}
