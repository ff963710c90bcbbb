import type { Reviewing as Reviews } from '../requests/reviewing.ts';
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

/** The same in the page's words. */
export function reviewingForPage(reviews: Reviews): Reviewing {
  return {
    correct: reviews.correct,
    undo: reviews.undo,
    review(sampleId, run, reviewer) {
      const { corrections, tiles, isUnchanged } = reviews.review(sampleId, run, reviewer);
      return { corrections, tiles, unchanged: isUnchanged };
    },
  };
}
