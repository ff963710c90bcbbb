import { writeLabelledImage } from './labelled-image.ts';
import { makeSample, type SampleTask } from './make-sample.ts';

/** Writes a sample's image, labels and truth under its index; gives the particle count. */
export async function writeSample(folder: string, task: SampleTask): Promise<number> {
  const { picture, truth } = makeSample(task);
  await writeLabelledImage(folder, String(task.index).padStart(6, '0'), picture, truth);
  return truth.particles.length;
}
