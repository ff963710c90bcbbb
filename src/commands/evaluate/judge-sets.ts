import { Presets, SingleBar } from 'cli-progress';
import type { LabelImage } from '../../evaluation/label-image.ts';
import { labelledPolarity } from '../../evaluation/labelled-polarity.ts';
import { type JudgedImage, judgeImage } from '../../evaluation/scores/judged-image.ts';
import type { Polarity } from '../../inference/network-input.ts';
import type { GreyImage } from '../../watcher/image/grey-image.ts';
import { readPixels } from '../../watcher/image/pixels.ts';
import type { Contestant, Prediction } from './contestants.ts';
import { type LabelledFile, type LabelledSet, readLabels } from './labelled-images.ts';

/** auto: turned image by image to what its labels show. */
export type PolarityChoice = Polarity | 'auto';

/** One image as it was judged, with its pixels, for whoever draws it. */
export interface JudgedCase {
  readonly judged: JudgedImage;
  readonly image: GreyImage;
  readonly truth: LabelImage;
  readonly prediction: Prediction;
}

/**
 * Lets one contestant predict every image of the sets, one image in memory at a time.
 * @returns what was judged of each set, in the order of the sets.
 */
export async function judgeSets(
  contestant: Contestant,
  sets: readonly LabelledSet[],
  polarity: PolarityChoice,
  onCase: (judgedCase: JudgedCase) => void = () => {},
): Promise<JudgedImage[][]> {
  const bar = new SingleBar(
    { format: `${contestant.name} {bar} {value}/{total} images`, stream: process.stderr },
    Presets.shades_classic,
  );
  const opened = await contestant.open();
  try {
    if (process.stderr.isTTY) {
      bar.start(
        sets.reduce((sum, { files }) => sum + files.length, 0),
        0,
      );
    }
    const judgedSets: JudgedImage[][] = [];
    for (const { files } of sets) {
      const judgedImages: JudgedImage[] = [];
      for (const file of files) {
        const { image, truth, shown } = await readLabelled(file, polarity);
        const prediction = await opened.predict(file.name, image, shown);
        const judged = judgeImage(file.name, truth, prediction.labels, prediction.opinions);
        judgedImages.push(judged);
        onCase({ judged, image, truth, prediction });
        bar.increment();
      }
      judgedSets.push(judgedImages);
    }
    return judgedSets;
  } finally {
    bar.stop();
    await opened.close();
  }
}

/** An image with its truth and the polarity that it shows. @throws Error when the two differ in size. */
export async function readLabelled(
  { imagePath, labelsPath }: LabelledFile,
  polarity: PolarityChoice,
): Promise<{ readonly image: GreyImage; readonly truth: LabelImage; readonly shown: Polarity }> {
  const image = await readPixels(imagePath, 0);
  const truth = await readLabels(labelsPath);
  if (truth.widthPx !== image.widthPx || truth.heightPx !== image.heightPx) {
    throw new Error(
      `${labelsPath}: has ${truth.widthPx} x ${truth.heightPx} px, its image ${image.widthPx} x ${image.heightPx} px`,
    );
  }
  return { image, truth, shown: polarity === 'auto' ? labelledPolarity(image, truth) : polarity };
}
