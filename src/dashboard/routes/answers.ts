import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { refusalSchema } from '../api/refusal.ts';
import type { RefusalStatus } from '../refusal.ts';

type Refusals<Status extends number> = { readonly [S in Status | 401 | 429 | 503]: typeof refusalSchema };

/** What a route answers: 200 as the schema has it, and in words why not. */
export function answers<Schema extends z.ZodType, Status extends RefusalStatus>(
  ok: Schema,
  ...refusals: readonly Status[]
): { readonly 200: Schema } & Refusals<Status> {
  const statuses = [...new Set<number>([...refusals, 401, 429, 503])];
  return {
    200: ok,
    ...(Object.fromEntries(statuses.map((status) => [status, refusalSchema])) as Refusals<Status>),
  };
}

/** Sends JSON that is text already: what it says is not held against the schema again. */
export function sendText(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(text);
}
