import type { z } from 'zod';
import { describeRequestSchema, describeResultSchema } from './schema/command-describe.ts';
import { expectRequestSchema, expectResultSchema } from './schema/command-expect.ts';
import {
  finaliseRequestSchema,
  finaliseResultSchema,
  reanalyseRequestSchema,
  reanalyseResultSchema,
  reportRequestSchema,
  reportResultSchema,
  reviewRequestSchema,
  reviewResultSchema,
} from './schema/command-runs.ts';

/** What each verb is asked with. */
export interface Requests {
  readonly describe: z.infer<typeof describeRequestSchema>;
  readonly expect: z.infer<typeof expectRequestSchema>;
  readonly finalise: z.infer<typeof finaliseRequestSchema>;
  readonly reanalyse: z.infer<typeof reanalyseRequestSchema>;
  readonly report: z.infer<typeof reportRequestSchema>;
  readonly review: z.infer<typeof reviewRequestSchema>;
}

/** What each verb gives when it is accepted. */
export interface Results {
  readonly describe: z.infer<typeof describeResultSchema>;
  readonly expect: z.infer<typeof expectResultSchema>;
  readonly finalise: z.infer<typeof finaliseResultSchema>;
  readonly reanalyse: z.infer<typeof reanalyseResultSchema>;
  readonly report: z.infer<typeof reportResultSchema>;
  readonly review: z.infer<typeof reviewResultSchema>;
}

export type Verb = keyof Requests;

export interface CommandKind<Request, Result> {
  readonly does: string;
  readonly request: z.ZodType<Request>;
  readonly result: z.ZodType<Result>;
}

/** Every command that a controller can send, on `particled/<instrument>/command/<verb>`. */
export const commandKinds: { readonly [V in Verb]: CommandKind<Requests[V], Results[V]> } = {
  describe: {
    does: 'says what this daemon is, can do and is doing',
    request: describeRequestSchema,
    result: describeResultSchema,
  },
  expect: {
    does: 'says what a sample should be: its grid, its target, the precision asked for, who is in charge and what there is to know of it; what is left out stays as it is, so that the sample alone shows what is in force; kept for 10,000 samples, of which the one spoken of longest ago is forgotten first',
    request: expectRequestSchema,
    result: expectResultSchema,
  },
  finalise: {
    does: 'ends a run as it is, even with tiles missing, which nobody is asked for any more: the final summary, with state finalised, follows as soon as no tile waits, and anew with each tile that comes later',
    request: finaliseRequestSchema,
    result: finaliseResultSchema,
  },
  reanalyse: {
    does: "segments a run's tiles again with another model or thresholds (with neither, nor a filter: as for new tiles); each tile's old result counts until the new one takes its place, and a new revision follows the last; tiles given up are tried again where their file is still as it was; a filter alone segments nothing: the next revision counts the particles that pass",
    request: reanalyseRequestSchema,
    result: reanalyseResultSchema,
  },
  report: {
    does: "writes the report of a run anew, or builds a night's",
    request: reportRequestSchema,
    result: reportResultSchema,
  },
  review: {
    does: 'counts a run with the corrections that people have made of its particles, as they stand: the next revision says so, with the figures without them beside; with all of them undone it counts what the models found',
    request: reviewRequestSchema,
    result: reviewResultSchema,
  },
};

export const verbs: readonly Verb[] = ['describe', 'expect', 'finalise', 'reanalyse', 'report', 'review'];

export function isVerb(word: string): word is Verb {
  return verbs.some((verb) => verb === word);
}

/** What carries commands out; each throws {@link CommandRefusedError} with a reason where it cannot be. */
export type Commands = {
  /** @param signal aborted once the answer is overdue: nothing may be changed then */
  readonly [V in Verb]: (request: Requests[V], signal: AbortSignal) => Results[V] | Promise<Results[V]>;
};

/** A command that is not carried out: what, the value, the limit, what to do. */
export class CommandRefusedError extends Error {
  override readonly name = 'CommandRefusedError';
}
