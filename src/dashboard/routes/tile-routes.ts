import { z } from 'zod';
import { piecesQuerySchema, tilePiecesSchema } from '../api/particle.ts';
import { pictureQuerySchema } from '../api/picture.ts';
import type { App, ServerParts } from '../server-parts.ts';
import { foundTile, requireParticles } from '../shown/found-run.ts';
import { createKeptAnswers } from '../shown/kept-answers.ts';
import { countedPieces, tilePieces } from '../shown/tile-pieces.ts';
import { answers, sendText } from './answers.ts';
import { tileParams } from './params.ts';

const tags = ['tiles'];
/** A picture is named by what it shows. */
const unchanging = { 'cache-control': 'private, max-age=31536000, immutable' };

export function tileRoutes(app: App, { store, pictures }: ServerParts): void {
  const texts = createKeptAnswers<string>(store);
  const kept = createKeptAnswers<Promise<Buffer>>(store);
  app.get(
    '/api/v1/tiles/:contentHash/pieces',
    {
      schema: {
        ...{ summary: 'What was found in a tile, or counts of it, with outlines', tags, params: tileParams },
        querystring: piecesQuerySchema,
        response: answers(tilePiecesSchema, 400, 404, 410),
      },
    },
    async ({ params: { contentHash }, query }, reply) => {
      const text = texts(`${contentHash} ${query.as}`, () => {
        const tile = foundTile(store, contentHash);
        const run = store.runs.get(tile.runId);
        if (run) requireParticles(run);
        const pieces = query.as === 'found' ? tilePieces(store, tile) : countedPieces(store, tile);
        return JSON.stringify(tilePiecesSchema.parse(pieces));
      });
      return sendText(reply, text);
    },
  );
  app.get(
    '/api/v1/tiles/:contentHash/picture',
    {
      schema: {
        ...{ summary: 'A tile as photographed, without its data bar, as JPEG', tags },
        params: tileParams,
        querystring: pictureQuerySchema,
        response: {
          ...answers(z.any(), 400, 404),
          200: { description: 'the picture', content: { 'image/jpeg': { schema: z.any() } } },
          304: z.null().describe('the one that is there already'),
        },
      },
    },
    async ({ params: { contentHash }, query: { widthPx }, headers }, reply) => {
      const etag = `"${contentHash}-${widthPx}"`;
      if (headers['if-none-match'] === etag) {
        foundTile(store, contentHash);
        return reply
          .headers({ ...unchanging, etag })
          .code(304)
          .send(null);
      }
      const picture = await kept(etag, () => pictures.picture(foundTile(store, contentHash), widthPx));
      return reply
        .headers({ ...unchanging, etag })
        .type('image/jpeg')
        .send(picture);
    },
  );
}
