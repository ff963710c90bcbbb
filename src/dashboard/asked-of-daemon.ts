import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { CommandRefusedError } from '../publish/command-kinds.ts';
import type { FromDaemon, FromPage } from './channel.ts';
import type { Reviewing } from './reviewing.ts';

/** Something that the daemon shall do. */
export type Asking = Extract<FromPage, { readonly id: number }>;

/** Does in the daemon what the process of the live page asks for. Never throws. */
export async function doAsked(
  reviewing: Reviewing | null,
  request: Asking,
  logger: Logger,
): Promise<FromDaemon> {
  const { id } = request;
  if (reviewing === null) {
    return { kind: 'refused', id, status: 501, message: 'this version of particled takes no corrections' };
  }
  try {
    return { kind: 'given', id, given: await done(reviewing, request) };
  } catch (error) {
    if (error instanceof CommandRefusedError) {
      return { kind: 'refused', id, status: 409, message: error.message };
    }
    logger.error({ err: messageOf(error), asked: request.kind }, 'live page: could not be done');
    return {
      kind: 'refused',
      id,
      status: 503,
      message: 'this could not be done now; the log of particled says why',
    };
  }
}

function done(reviewing: Reviewing, request: Asking): unknown {
  switch (request.kind) {
    case 'correct': {
      const { contentHash, reviewer, change } = request.asked;
      return reviewing.correct(contentHash, reviewer, change);
    }
    case 'undo': {
      const { contentHash, id, reviewer } = request.asked;
      return reviewing.undo(contentHash, id, reviewer);
    }
    case 'review': {
      const { sampleId, run, reviewer } = request.asked;
      return reviewing.review(sampleId, run, reviewer);
    }
  }
}
