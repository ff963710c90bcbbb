import { z } from 'zod';
import { envelope } from './envelope.ts';

/** Sent past the outbox: an old status is worth nothing, and the broker sends the last will by itself. */
export const statusSchema = z.strictObject({
  ...envelope('particled/status/1'),
  sequence: z.null().describe('null: a status is not repeated, so it has no place in the sequence'),
  at: z.iso
    .datetime()
    .describe('when the status was made, ISO 8601 in UTC; in the last will, when the daemon connected'),
  state: z
    .enum(['online', 'offline'])
    .describe('offline as farewell of the daemon, and as last will, sent by the broker'),
  health: z
    .enum(['normal', 'check-function', 'maintenance-required', 'out-of-specification', 'failure'])
    .describe(
      'state of health by the words of NAMUR NE 107: failure where tiles cannot be measured, out-of-specification where they are by another arithmetic than that of the model, in which this computer does not give the known answer, maintenance-required where they are and somebody should look, check-function while the daemon is ended on purpose; the last will is a failure',
    ),
  reasons: z.array(z.string()).readonly().describe('why the health is not normal; empty when it is'),
  softwareVersion: z.string().describe('version of particled'),
  queue: z
    .strictObject({
      waiting: z
        .int()
        .nonnegative()
        .nullable()
        .meta({ description: 'tiles waiting to be segmented; null when offline', unit: '1' }),
    })
    .describe('work ahead'),
});

export type StatusMessage = z.infer<typeof statusSchema>;
