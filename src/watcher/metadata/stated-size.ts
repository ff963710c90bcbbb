import { z } from 'zod';
import { PIXEL_SIZE_STATED_MAX_NM, PIXEL_SIZE_STATED_MIN_NM } from '../../config/instrument.ts';
import { messageOf, UnusableFileError } from '../../errors.ts';
import { limitText } from '../../fault-text.ts';
import type { StagePositionUm } from '../../units.ts';

const STAGE_MAX_UM = 1e7;

const micrometres = z.number().min(-STAGE_MAX_UM).max(STAGE_MAX_UM);
const sidecarSchema = z.strictObject({
  pixelSizeNm: z.number().min(PIXEL_SIZE_STATED_MIN_NM).max(PIXEL_SIZE_STATED_MAX_NM),
  stagePositionUm: z.strictObject({ x: micrometres, y: micrometres }).optional(),
  databarHeightPx: z.int().min(0).optional(),
  sampleLabel: z.string().max(200).optional(),
});

/** What somebody states of an image in the file `<image>.json` beside it. */
export interface Sidecar {
  readonly pixelSizeNm: number;
  readonly stagePositionUm: StagePositionUm | null;
  readonly databarHeightPx: number | null;
  readonly sampleLabel: string | null;
}

/**
 * @param path the image; `name` is that of its sidecar
 * @throws UnusableFileError `bad-sidecar` naming the sidecar and every key that is wrong
 */
export function parseSidecar(text: string, path: string, name: string): Sidecar {
  const {
    stagePositionUm = null,
    databarHeightPx = null,
    sampleLabel = null,
    pixelSizeNm,
  } = checked(text, path, name);
  return { pixelSizeNm, stagePositionUm, databarHeightPx, sampleLabel };
}

function checked(text: string, path: string, name: string): z.infer<typeof sidecarSchema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw badSidecar(path, name, `is no JSON (${messageOf(error)})`);
  }
  const { success, data, error } = sidecarSchema.safeParse(json, { error: limitText });
  if (success) return data;
  const faults = error.issues.map((issue) => `${issue.path.join('.') || 'its contents'}: ${issue.message}`);
  throw badSidecar(path, name, `says what is not understood (${faults.join('; ')})`);
}

export function badSidecar(path: string, name: string, what: string): UnusableFileError {
  return new UnusableFileError(
    path,
    'bad-sidecar',
    `its sidecar ${name} ${what}; expected as {"pixelSizeNm": 41.7, "stagePositionUm": {"x": 0, "y": 80}}, of which ` +
      'all but pixelSizeNm may be left out, and databarHeightPx, sampleLabel',
  );
}
