import { readFileSync } from 'node:fs';

/** What bench/service-times.ts wrote: milliseconds for which a segmenter process had a tile in hand. */
export interface ServiceTimes {
  readonly command: string;
  readonly processor: string;
  readonly groupsMs: {
    /** Virtual LiCoO2 of the paper's density, 32 particles a tile. */
    readonly virtual: readonly number[];
    /** Real exports of a Phenom XL, agglomerates of many fine particles among them. */
    readonly phenom: readonly number[];
    /** Real pictures of a tabletop SEM with hundreds to over a thousand particles each. */
    readonly piles: readonly number[];
  };
}

export function measuredServiceTimes(): ServiceTimes {
  return JSON.parse(readFileSync(new URL('service-times.json', import.meta.url), 'utf8'));
}
