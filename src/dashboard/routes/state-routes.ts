import type { OutgoingHttpHeaders } from 'node:http';
import { basename } from 'node:path';
import { z } from 'zod';
import { statusSchema } from '../../publish/schema/status.ts';
import { liveEventSchema } from '../api/event.ts';
import { refusalSchema } from '../api/refusal.ts';
import { setAsideSchema } from '../api/set-aside.ts';
import { streamEvents } from '../events/event-stream.ts';
import { Refusal } from '../refusal.ts';
import type { App, ServerParts } from '../server-parts.ts';
import { withoutFolders } from '../shown/without-folders.ts';
import { answers } from './answers.ts';

/** Files of a cause that are named; all are counted. */
const NAMED = 50;
/** Of events at once; a browser takes one for each page. */
const MOST_READERS = 512;

export function stateRoutes(app: App, { store, daemon, events }: ServerParts): void {
  app.get(
    '/api/v1/set-aside',
    {
      schema: {
        summary: 'Files that could not be used, by causes',
        tags: ['health'],
        response: answers(setAsideSchema),
      },
    },
    async () => ({
      groups: store.unusable.groups(NAMED).map(({ code, count, first }) => ({
        ...{ code, count },
        first: first.map(({ path, reason, mayRecover }) => ({
          name: basename(path),
          reason: withoutFolders(reason),
          mayRecover,
        })),
      })),
    }),
  );
  app.get(
    '/api/v1/health',
    {
      schema: {
        summary: 'How the daemon does, as it publishes it',
        tags: ['health'],
        response: answers(statusSchema),
      },
    },
    async () => {
      const status = daemon.status();
      if (status) return status;
      throw new Refusal(
        503,
        'the daemon is starting and has not said how it does yet; try again in a moment',
      );
    },
  );
  let readers = 0;
  app.get(
    '/api/v1/events',
    {
      schema: {
        summary: 'What changes, as server-sent events',
        description:
          "The data of each is JSON of the schema below, its type the event's name; the id of the last one, sent as Last-Event-ID, resumes without a gap, or with `reset` where something is no longer kept. A comment comes at least each 15 s.",
        tags: ['events'],
        headers: z.looseObject({ 'last-event-id': z.string().max(100).optional() }),
        response: {
          200: { content: { 'text/event-stream': { schema: liveEventSchema } } },
          401: refusalSchema,
          503: refusalSchema,
        },
      },
    },
    async (request, reply) => {
      if (readers >= MOST_READERS) {
        throw new Refusal(503, `${MOST_READERS} pages are open already; close one of them`);
      }
      readers += 1;
      reply.raw.once('close', () => {
        readers -= 1;
      });
      reply.hijack();
      reply.raw.writeHead(200, {
        ...(reply.getHeaders() as OutgoingHttpHeaders),
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no', // nginx would keep them until there are many
      });
      const status = daemon.status();
      // How it does is said at once, under no id, so that it takes nothing away from what is resumed.
      if (status) reply.raw.write(`event: status\ndata: ${JSON.stringify({ type: 'status', status })}\n\n`);
      streamEvents(reply.raw, events, request.headers['last-event-id']);
    },
  );
}
