import type { LabelImage } from '../../evaluation/label-image.ts';
import { paintedLabels } from '../../evaluation/painted-labels.ts';
import type { Opinion } from '../../evaluation/scores/judged-image.ts';
import type { Polarity } from '../../inference/network-input.ts';
import type { GreyImage } from '../../watcher/image/grey-image.ts';
import type { NamedFinder } from './finders.ts';
import { type LabelledSet, predictionPaths, readLabels } from './labelled-images.ts';

/** Someone's label image of an image; `opinions` as in judgeImage. */
export interface Prediction {
  readonly labels: LabelImage;
  readonly opinions: readonly Opinion[] | null;
}

/** Whoever is measured: one column of the table. */
export interface Contestant {
  readonly name: string;
  open(): Promise<{
    predict(name: string, image: GreyImage, polarity: Polarity): Promise<Prediction>;
    close(): Promise<void>;
  }>;
}

export function finderContestant(finder: NamedFinder): Contestant {
  return {
    name: finder.name,
    open: async () => {
      const opened = await finder.open();
      return {
        predict: async (_, image, polarity) => {
          const segments = await opened.segments(image, polarity);
          const masks = segments.map(({ mask }) => mask);
          return { labels: paintedLabels(image.widthPx, image.heightPx, masks), opinions: segments };
        },
        close: () => opened.close(),
      };
    },
  };
}

/** Label images made elsewhere, in a folder, of the same names as the set's. They give no confidence. */
export async function predictionsContestant(folder: string, set: LabelledSet): Promise<Contestant> {
  const paths = await predictionPaths(folder, set);
  return {
    name: 'predictions',
    open: async () => ({
      predict: async (name) => ({ labels: await readLabels(paths.get(name)!), opinions: null }),
      close: async () => {},
    }),
  };
}
