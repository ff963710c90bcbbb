import type { ModelScore } from '../../evaluation/scores/model-score.ts';
import type { AcquisitionScore } from '../../evaluation/sizes/acquisition-score.ts';
import { SIZE_CLASSES, type SizeClass } from '../../evaluation/sizes/size-classes.ts';
import type { SizeError } from '../../evaluation/sizes/size-error.ts';

/** A figure's name and how it reads off a score. */
type Row<S> = readonly [title: string, cell: (score: S) => string];

const SIZES = [
  ['mean area', 'areaMean'],
  ['D10', 'd10'],
  ['D50', 'd50'],
  ['D90', 'd90'],
] as const;

const SCORE_ROWS: readonly Row<ModelScore>[] = [
  ['images', ({ images }) => String(images)],
  ['AJI+ mean', ({ ajiPlusMean }) => share(ajiPlusMean)],
  ['AJI+ median', ({ ajiPlusMedian }) => share(ajiPlusMedian)],
  ['panoptic quality', ({ panopticQualityMean }) => share(panopticQualityMean)],
  ['foreground IoU', ({ foregroundIouMean }) => share(foregroundIouMean)],
  ['precision at IoU 0.5', ({ precisionMean }) => share(precisionMean)],
  ['recall at IoU 0.5', ({ recallMean }) => share(recallMean)],
  ['precision of certain ones', ({ precisionCertainMean }) => share(precisionCertainMean)],
  ['recall of certain ones', ({ recallCertainMean }) => share(recallCertainMean)],
  ...[0, 2, 4, 6, 8, 9].map(
    (step): Row<ModelScore> => [
      `F1 at IoU ${((50 + 5 * step) / 100).toFixed(2)}`,
      ({ detections }) => share(detections[step]?.f1Mean),
    ],
  ),
  ['F1 mean, 0.5 to 0.95', ({ f1OverThresholdsMean }) => share(f1OverThresholdsMean)],
  ['count error', ({ countErrorMean }) => signed(countErrorMean, '')],
  ['count error, absolute', ({ countErrorAbsoluteMean }) => countErrorAbsoluteMean.toFixed(1)],
  ...SIZES.flatMap(([title, key]): Row<ModelScore>[] => [
    [`${title} error`, ({ sizeErrorMean }) => percent(sizeErrorMean?.[key])],
    [
      `${title} error, absolute`,
      ({ sizeErrorAbsoluteMean }) => percent(sizeErrorAbsoluteMean?.[key]).replace('+', ''),
    ],
  ]),
  ['uncertain', uncertainShare],
  ['ECE', ({ calibration }) => share(calibration?.expectedCalibrationError)],
  ['Brier score', ({ calibration }) => share(calibration?.brierScore)],
  ['AUROC', ({ calibration }) => share(calibration?.auroc)],
  ...Array.from(
    { length: 10 },
    (_, bin): Row<ModelScore> => [
      `right at confidence ${(bin / 10).toFixed(1)} to ${((bin + 1) / 10).toFixed(1)}`,
      ({ calibration }) => shareOf(calibration?.bins[bin]?.rightShare, calibration?.bins[bin]?.count),
    ],
  ),
  ...SIZE_CLASSES.map(
    (sizeClass, index): Row<ModelScore> => [
      `recall, diameter ${rangeOf(sizeClass)}`,
      ({ recallBySize }) => shareOf(recallBySize[index]?.recall, recallBySize[index]?.particles),
    ],
  ),
  ['smallest diameter at recall 0.5', ({ diameterRecall50Share }) => percentage(diameterRecall50Share)],
  ['smallest diameter at recall 0.8', ({ diameterRecall80Share }) => percentage(diameterRecall80Share)],
  ...SIZE_CLASSES.flatMap((sizeClass, index): Row<ModelScore>[] => [
    [
      `edge error, diameter ${rangeOf(sizeClass)}, px`,
      ({ edgeErrorBySize }) =>
        shareOf(edgeErrorBySize[index]?.absolutePxMean, edgeErrorBySize[index]?.matched),
    ],
    [
      `radius error, diameter ${rangeOf(sizeClass)}, px`,
      ({ edgeErrorBySize }) => signedOf(edgeErrorBySize[index]?.signedPxMean),
    ],
  ]),
];

function rangeOf({ from, below }: SizeClass): string {
  const percents = (value: number) => String(Number((100 * value).toPrecision(2)));
  if (below === null) return `${percents(from)} % and more`;
  return from === 0 ? `under ${percents(below)} %` : `${percents(from)} to ${percents(below)} %`;
}

/** The figures of several models side by side; rows that no model fills are left out. */
export function scoreTable(scores: Readonly<Record<string, ModelScore>>): string {
  return `${sideBySide(SCORE_ROWS, scores)}\nDiameters are shares of the image's longest side.`;
}

const ACQUISITION_ROWS: readonly Row<AcquisitionScore>[] = [
  ['tiles', ({ tiles }) => String(tiles)],
  ['particles whole in a tile, truth', ({ whole }) => String(whole.count)],
  ['particles whole in a tile, found', ({ found }) => String(found.count)],
  ['count error', ({ whole, found }) => percent(whole.count > 0 ? found.count / whole.count - 1 : null)],
  ['mean area found, um2', ({ found }) => figure(found.areaMeanUm2)],
  ['D50 found, um', ({ found }) => figure(found.diameterD50Um)],
  ...errorRows('against particles whole in a tile', ({ errorToWhole }) => errorToWhole),
  ...errorRows('against all particles', ({ errorToAll }) => errorToAll),
];

function errorRows(
  against: string,
  of: (score: AcquisitionScore) => SizeError | null,
): Row<AcquisitionScore>[] {
  return SIZES.map(([title, key]) => [`${title} error ${against}`, (score) => percent(of(score)?.[key])]);
}

export function acquisitionTable(scores: Readonly<Record<string, AcquisitionScore>>): string {
  return sideBySide(ACQUISITION_ROWS, scores);
}

/** One line a set, one column a model: mean AJI+. */
export function overviewTable(sets: Readonly<Record<string, Readonly<Record<string, ModelScore>>>>): string {
  const models = [...new Set(Object.values(sets).flatMap((scores) => Object.keys(scores)))];
  return aligned([
    ['AJI+ mean', ...models],
    ...Object.entries(sets).map(([set, scores]) => [
      set,
      ...models.map((model) => share(scores[model]?.ajiPlusMean)),
    ]),
  ]);
}

function sideBySide<S>(rows: readonly Row<S>[], scores: Readonly<Record<string, S>>): string {
  const lines = rows.map(([title, cell]) => [title, ...Object.values(scores).map(cell)]);
  return aligned([
    ['', ...Object.keys(scores)],
    ...lines.filter(([, ...cells]) => cells.some((cell) => cell !== '-')),
  ]);
}

/** The first column to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

function uncertainShare({ particlesCertain, particlesUncertain }: ModelScore): string {
  if (particlesCertain === null || particlesUncertain === null) return '-';
  const all = particlesCertain + particlesUncertain;
  return all === 0 ? '-' : `${((100 * particlesUncertain) / all).toFixed(1)} %`;
}

function share(value: number | null | undefined): string {
  return value == null ? '-' : value.toFixed(3);
}

function shareOf(value: number | null | undefined, count: number | undefined): string {
  return value == null ? '-' : `${value.toFixed(2)} of ${count}`;
}

function percentage(value: number | null): string {
  return value === null ? '-' : `${(100 * value).toPrecision(2)} %`;
}

function percent(value: number | null | undefined): string {
  return value == null ? '-' : signed(100 * value, ' %');
}

function signedOf(value: number | null | undefined): string {
  return value == null ? '-' : signed(value, '', 2);
}

function signed(value: number, unit: string, digits = 1): string {
  return `${value > 0 ? '+' : ''}${value.toFixed(digits)}${unit}`;
}

function figure(value: number | null): string {
  return value === null ? '-' : String(Number(value.toPrecision(3)));
}
