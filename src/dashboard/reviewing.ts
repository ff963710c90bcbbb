import type { Asked, AskName, Given } from './channel.ts';

/** What the daemon does for reviewers; each throws CommandRefusedError with words for the person. */
export type Reviewing = {
  readonly correct: (
    contentHash: string,
    reviewer: string,
    change: Asked<'correct'>['change'],
  ) => Answer<'correct'>;
  readonly undo: (contentHash: string, id: number, reviewer: string) => Answer<'undo'>;
  readonly review: (sampleId: string, run: string, reviewer: string) => Answer<'review'>;
};

type Answer<Name extends AskName> = Given<Name> | Promise<Given<Name>>;
