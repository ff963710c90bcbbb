import type { Estimate } from '../../statistics/size-statistics.ts';
import { type ComparedFigure, type ComparedSizes, sizesBy } from './compared-sizes.ts';

/** What was said of one sample, and what is true of it. */
export interface ComparedSample {
  readonly estimated: Readonly<Record<ComparedFigure, Estimate>>;
  /** Of the particles that lay under the microscope. */
  readonly imaged: ComparedSizes;
  /** Of the whole powder that they come from; null where it is not known. */
  readonly powder: ComparedSizes | null;
}

/** How far one figure is off, over many samples. */
export interface FigureComparison {
  /** Against the particles that were imaged: what finding, outlining and correcting do. */
  readonly toImaged: RelativeError;
  /** Against the powder: the same and the chance of which particles were imaged. */
  readonly toPowder: RelativeError | null;
  /** Share of the 95 % intervals that hold the powder's figure. */
  readonly coverage: number | null;
}

/** Of (estimated - true) / true. */
export interface RelativeError {
  readonly mean: number;
  /** Square root of its mean square. */
  readonly rootMeanSquare: number;
}

/** @param samples at least one. */
export function compareSizes(
  samples: readonly ComparedSample[],
): Readonly<Record<ComparedFigure, FigureComparison>> {
  return sizesBy((figure) => {
    const known = samples.flatMap(({ estimated, powder }) =>
      powder ? [{ estimate: estimated[figure], truth: powder[figure] }] : [],
    );
    const errors = samples.map(({ estimated, imaged }) => errorOf(estimated[figure], imaged[figure]));
    return {
      toImaged: relativeError(errors),
      toPowder:
        known.length > 0 ? relativeError(known.map(({ estimate, truth }) => errorOf(estimate, truth))) : null,
      coverage: coverageOf(known),
    };
  });
}

function errorOf({ value }: Estimate, truth: number): number {
  return (value - truth) / truth;
}

/** @param errors at least one. */
export function relativeError(errors: readonly number[]): RelativeError {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean: mean(errors), rootMeanSquare: Math.sqrt(mean(errors.map((error) => error ** 2))) };
}

function coverageOf(
  known: readonly { readonly estimate: Estimate; readonly truth: number }[],
): number | null {
  const held = known.flatMap(({ estimate: { low95, high95 }, truth }) =>
    low95 === null || high95 === null ? [] : [low95 <= truth && truth <= high95],
  );
  return held.length === 0 ? null : held.filter(Boolean).length / held.length;
}
