import { UnusableFileError } from '../../errors.ts';
import { holds, rangeText, widthOf } from './magnification-range.ts';
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
  const best = servingAt(models, magnification);
  if (best) return best;
  const ranges = models.map(({ manifest }) => `${manifest.name} ${rangeText(manifest.magnification)}`);
  throw new UnusableFileError(
    path,
    'no-model',
    `magnification ${Math.round(magnification)}x has no model (${ranges.join(', ')}); ` +
      'install one that serves it: particled models add',
  );
}

/** The model that {@link chooseModel} takes; undefined where none serves. */
export function servingAt<M extends Pick<Model, 'manifest'>>(
  models: readonly M[],
  magnification: number,
): M | undefined {
  const [best] = models
    .filter(({ manifest }) => holds(manifest.magnification, magnification))
    .sort((a, b) => widthOf(a.manifest.magnification) - widthOf(b.manifest.magnification));
  return best;
}
