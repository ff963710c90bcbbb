import { type Candidate, candidatesOf, type Shared, sharedPx } from '../masks/candidate.ts';
import type { Thresholds } from '../model/manifest.ts';
import type { Look } from './look.ts';

/** What the network said of one view, whatever was looked at more closely. */
export type Sighting = Pick<Look, 'found' | 'frame'>;

/** What makes the candidates of a look, and says what two of them share. */
export interface Judge {
  candidatesIn(look: Sighting): readonly Candidate[];
  readonly shared: Shared;
}

/** Remembers the candidates of each look, whose masks are dear to place: they are asked for before and after. */
export function judgeBy(thresholds: Thresholds): Judge {
  const known = new Map<Sighting['found'], readonly Candidate[]>();
  return {
    candidatesIn: ({ found, frame }) => {
      const candidates = known.get(found) ?? candidatesOf(found, frame, thresholds);
      known.set(found, candidates);
      return candidates;
    },
    shared: sharedPx,
  };
}
