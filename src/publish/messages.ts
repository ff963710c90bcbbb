import type { z } from 'zod';
import { progressSchema } from './schema/progress.ts';
import { setAsideSchema } from './schema/set-aside.ts';
import { statusSchema } from './schema/status.ts';
import { summarySchema } from './schema/summary.ts';
import { tileSchema } from './schema/tile.ts';

export type { ProgressMessage } from './schema/progress.ts';
export type { SetAsideMessage } from './schema/set-aside.ts';
export type { StatusMessage } from './schema/status.ts';
export type { SummaryMessage } from './schema/summary.ts';
export type { TileMessage } from './schema/tile.ts';

/** Pause between two status messages: a status older than a few of them means that nobody is there. */
export const HEARTBEAT_S = 30;

/** A message as it is stored; its outbox id, which is the sequence number, and the store are added when it is sent. */
export type Unsent<Message extends { readonly sequence: unknown }> = Omit<Message, 'sequence' | 'store'>;

export interface MessageKind {
  readonly name: string;
  readonly topic: string;
  readonly retained: boolean;
  readonly when: string;
  readonly schema: z.ZodType;
}

/** Every message that particled publishes. */
export const messageKinds = [
  {
    name: 'status',
    topic: 'particled/<instrument>/status',
    retained: true,
    when: `when the daemon connects, each ${HEARTBEAT_S} s from then on, when its health changes, and when it goes (where it is killed or cut off by the broker, as last will)`,
    schema: statusSchema,
  },
  {
    name: 'set-aside',
    topic: 'particled/<instrument>/set-aside',
    retained: false,
    when: 'when a file of the export folder cannot be used',
    schema: setAsideSchema,
  },
  {
    name: 'tile',
    topic: 'particled/<instrument>/sample/<sample>/run/<run>/tile',
    retained: false,
    when: 'when a tile is segmented, for the first time or again, or given up',
    schema: tileSchema,
  },
  {
    name: 'progress',
    topic: 'particled/<instrument>/sample/<sample>/run/<run>/progress',
    retained: false,
    when: 'when a run has advanced, and, just before a summary that is final, how it ended',
    schema: progressSchema,
  },
  {
    name: 'summary',
    topic: 'particled/<instrument>/sample/<sample>/run/<run>/summary',
    retained: true,
    when: 'partial while the run fills, final when it is complete, stalled or finalised, anew when a tile comes later, and once more at a broker that has lost it',
    schema: summarySchema,
  },
] as const satisfies readonly MessageKind[];

export type MessageName = (typeof messageKinds)[number]['name'];
