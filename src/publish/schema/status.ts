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
      'state of health by the words of NAMUR NE 107, the gravest of the diagnoses: failure, check-function, out-of-specification, maintenance-required, normal',
    ),
  reasons: z
    .array(z.string())
    .readonly()
    .describe('why the health is not normal, the gravest first; empty when it is'),
  diagnoses: z
    .array(
      z.strictObject({
        code: z.string().describe('which, as a stable word; the table above has all of them'),
        state: z
          .enum(['check-function', 'maintenance-required', 'out-of-specification', 'failure'])
          .describe('the state of health that it gives'),
        since: z.iso
          .datetime()
          .describe('since when it holds, ISO 8601 in UTC; since a start at the earliest'),
        what: z.string().describe('what is the matter, with figures'),
        limit: z
          .string()
          .nullable()
          .describe('what it is held against; null where there is nothing to compare'),
        advice: z.string().describe('what to do'),
      }),
    )
    .readonly()
    .describe('the same reasons, one by one'),
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
