import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { StoreReader } from '../store/database.ts';
import type { Credentials } from './access/credentials.ts';
import type { Sessions } from './access/sessions.ts';
import type { DaemonLink } from './daemon-link.ts';
import type { EventRing } from './events/event-ring.ts';
import type { Pyramids } from './pyramid/pyramids.ts';
import type { DashboardSettings } from './settings.ts';
import type { RunIndex } from './shown/run-index.ts';
import type { TilePictures } from './tile-pictures/tile-pictures.ts';

/** A Fastify whose routes are typed by their zod schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What routes answer from. */
export interface ServerParts {
  readonly settings: DashboardSettings;
  readonly store: StoreReader;
  readonly index: RunIndex;
  readonly events: EventRing;
  readonly daemon: DaemonLink;
  readonly pictures: TilePictures;
  readonly pyramids: Pyramids;
  readonly credentials: Credentials;
  readonly sessions: Sessions;
}
