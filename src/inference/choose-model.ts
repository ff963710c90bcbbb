import { UnusableFileError } from '../errors.ts';
import type { Model } from './model-folder.ts';

/**
 * The model whose magnification range, [from, below), holds this tile; the narrowest where several do.
 * @throws UnusableFileError `no-model` naming the magnification and the ranges there are.
 */
export function chooseModel<M extends Pick<Model, 'manifest'>>(
  models: readonly M[],
  magnification: number,
  path: string,
): M {
  const serving = models.filter(({ manifest: { magnification: range } }) => {
    return magnification >= range.from && magnification < (range.below ?? Number.POSITIVE_INFINITY);
  });
  const [best] = serving.sort((a, b) => widthOf(a) - widthOf(b));
  if (best) return best;
  const ranges = models.map(
    ({
      manifest: {
        name,
        magnification: { from, below },
      },
    }) => `${name} ${from}x to ${below ?? 'any'}x`,
  );
  throw new UnusableFileError(
    path,
    'no-model',
    `magnification ${Math.round(magnification)}x has no model (${ranges.join(', ')}); install one that serves it`,
  );
}

function widthOf({
  manifest: {
    magnification: { from, below },
  },
}: Pick<Model, 'manifest'>): number {
  return below === null ? Number.POSITIVE_INFINITY : below - from;
}
