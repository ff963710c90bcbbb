import { z } from 'zod';
import { changeSchema } from '../measure/correction.ts';
import { statusSchema } from '../publish/schema/status.ts';
import { correctionSchema, reviewReplySchema } from './api/correction.ts';

/** What the process of the live page asks the daemon to do: it alone writes. */
export const asks = {
  correct: {
    asked: z.strictObject({ contentHash: z.string(), reviewer: z.string(), change: changeSchema }),
    given: correctionSchema,
  },
  undo: {
    asked: z.strictObject({ contentHash: z.string(), id: z.int(), reviewer: z.string() }),
    given: correctionSchema,
  },
  review: {
    asked: z.strictObject({ sampleId: z.string(), run: z.string(), reviewer: z.string() }),
    given: reviewReplySchema,
  },
} as const;

export type AskName = keyof typeof asks;
export type Asked<Name extends AskName> = z.infer<(typeof asks)[Name]['asked']>;
export type Given<Name extends AskName> = z.infer<(typeof asks)[Name]['given']>;

const id = z.int();

/** From the process to the daemon. */
export const fromPage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('listens'), url: z.string() }),
  z.strictObject({ kind: z.literal('away'), reason: z.string() }),
  z.strictObject({
    kind: z.literal('log'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    facts: z.record(z.string(), z.unknown()),
    message: z.string(),
  }),
  ...(['correct', 'undo', 'review'] as const).map((call) =>
    z.strictObject({ kind: z.literal(call), id, asked: asks[call].asked }),
  ),
]);
export type FromPage =
  | { readonly kind: 'listens'; readonly url: string }
  | { readonly kind: 'away'; readonly reason: string }
  | {
      readonly kind: 'log';
      readonly level: 'debug' | 'info' | 'warn' | 'error';
      readonly facts: object;
      readonly message: string;
    }
  | { [Name in AskName]: { readonly kind: Name; readonly id: number; readonly asked: Asked<Name> } }[AskName];

/** From the daemon to the process. */
export const fromDaemon = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('status'), status: statusSchema }),
  z.strictObject({ kind: z.literal('given'), id, given: z.unknown() }),
  z.strictObject({
    kind: z.literal('refused'),
    id,
    status: z.union([z.literal(409), z.literal(501), z.literal(503)]),
    message: z.string(),
  }),
]);
export type FromDaemon = z.infer<typeof fromDaemon>;
