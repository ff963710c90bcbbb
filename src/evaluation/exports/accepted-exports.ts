import { z } from 'zod';
import { thresholdsSchema } from '../../inference/model/manifest.ts';
import type { ExportFigures, OutlineBox } from './export-figures.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);
/** `x,y,width,height` of each outline, parted by spaces: a dense image has over a thousand. */
const boxes = z.string().regex(/^(\d+,\d+,\d+,\d+( |$))*$/);

/** Figures that a person has looked at and found right enough: no pixel of any image, and nothing of where it lies. */
export const acceptedExportsSchema = z.strictObject({
  schema: z.literal('particled/accepted-exports/1'),
  /** Which processor gave them: name and the features that networks in 8 bits depend on. */
  processor: z.string(),
  models: z.record(z.string(), z.strictObject({ sha256, thresholds: thresholdsSchema.loose() })),
  /** By the name of the folder that was given and the file's path in it. */
  exports: z.record(
    z.string(),
    z.strictObject({
      sha256,
      model: z.string(),
      pixelSizeNm: z.number().positive().nullable(),
      count,
      certain: count,
      upper: count,
      areaMedianPx: z.number().positive().nullable(),
      areaMeanPx: z.number().positive().nullable(),
      limitReached: z.string().nullable(),
      boxesCertain: boxes,
      boxesUncertain: boxes,
    }),
  ),
});

export type AcceptedExports = z.infer<typeof acceptedExportsSchema>;
type AcceptedExport = AcceptedExports['exports'][string];
export type ExportIdentity = Pick<AcceptedExport, 'sha256' | 'model' | 'pixelSizeNm'>;

export function acceptedExport(
  { sha256, model, pixelSizeNm }: ExportIdentity,
  { outlines, ...figures }: ExportFigures,
): AcceptedExport {
  const of = (certain: boolean) =>
    outlines
      .filter((outline) => outline.certain === certain)
      .map(({ boxPx }) => boxPx.join(','))
      .join(' ');
  return { sha256, model, pixelSizeNm, ...figures, boxesCertain: of(true), boxesUncertain: of(false) };
}

export function acceptedFigures({ boxesCertain, boxesUncertain, ...figures }: AcceptedExport): ExportFigures {
  return { ...figures, outlines: [...outlinesOf(boxesCertain, true), ...outlinesOf(boxesUncertain, false)] };
}

function outlinesOf(text: string, certain: boolean): OutlineBox[] {
  return text
    .split(' ')
    .filter((box) => box !== '')
    .map((box) => {
      const [x, y, width, height] = box.split(',').map(Number);
      return { boxPx: [x!, y!, width!, height!], certain };
    });
}

/** What else is not as it was when the figures were accepted, a line each: it may be why they differ. */
export function premisesChanged(
  accepted: Pick<AcceptedExports, 'processor' | 'models'>,
  now: Pick<AcceptedExports, 'processor' | 'models'>,
): string[] {
  const lines = Object.entries(now.models).flatMap(([name, model]) => {
    const before = accepted.models[name];
    if (!before) return [`model ${name} was not there`];
    const weights = before.sha256 === model.sha256 ? [] : [`model ${name} has other weights`];
    const keys = [...new Set([...Object.keys(before.thresholds), ...Object.keys(model.thresholds)])];
    const [was, is]: Record<string, unknown>[] = [before.thresholds, model.thresholds];
    const thresholds = keys
      .filter((key) => was![key] !== is![key])
      .map((key) => `model ${name}: ${key} was ${was![key] ?? 'not set'}, is ${is![key] ?? 'not set'}`);
    return [...weights, ...thresholds];
  });
  return accepted.processor === now.processor
    ? lines
    : [...lines, `the processor was ${accepted.processor}, is ${now.processor}`];
}
