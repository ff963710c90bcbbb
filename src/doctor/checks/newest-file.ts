import type { Config } from '../../config/schema.ts';
import { messageOf, UnusableFileError } from '../../errors.ts';
import { chooseModel } from '../../inference/model/choose-model.ts';
import { type Model, packagedModelsFolder, surveyModels } from '../../inference/model/model-folder.ts';
import { counted } from '../../statistics/numeric/figure-digits.ts';
import { scanFolder } from '../../watcher/folder-scan.ts';
import { createPathFilter } from '../../watcher/path-filter.ts';
import { readTile } from '../../watcher/read-tile.ts';
import { attention, type Finding, failure, ok } from '../finding.ts';

export interface NewestFilesLook {
  readonly files: number;
  readonly unreadableFolders: readonly string[];
  /** The newest file that is recognised, among the few newest; null where none is. */
  readonly recognised: RecognisedFile | null;
  /** Newer ones that are not, each with the reason that `particled run` would give. */
  readonly refused: readonly string[];
}

export interface RecognisedFile {
  readonly path: string;
  readonly sample: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelSizeNm: number;
  readonly magnification: number;
  readonly model: string;
}

const CHECK = 'newest file';
/** One damaged file is a fault of that file, so many in a row are one of the export. */
const NEWEST = 5;

export async function lookAtNewestFiles({ watch, instrument, models }: Config): Promise<NewestFilesLook> {
  const { files, unreadableFolders } = await scanFolder(watch.folder, createPathFilter(watch));
  const newest = files.toSorted((a, b) => b.state.modifiedAtMs - a.state.modifiedAtMs).slice(0, NEWEST);
  const known = newest.length === 0 ? [] : (await surveyModels(models.folder ?? packagedModelsFolder)).models;
  const refused: string[] = [];
  let recognised: RecognisedFile | null = null;
  for (const { path } of newest) {
    try {
      recognised = await recognise(path, instrument, known);
      break;
    } catch (error) {
      // A file still being written says nothing yet of the export.
      if (!(error instanceof UnusableFileError && error.mayRecover)) refused.push(messageOf(error));
    }
  }
  return { files: files.length, unreadableFolders, recognised, refused };
}

export function judgeNewestFiles(look: NewestFilesLook, { folder, include }: Config['watch']): Finding[] {
  const { files, recognised, refused, unreadableFolders } = look;
  const [some, ...others] = unreadableFolders;
  const unreadable =
    some === undefined
      ? []
      : [
          attention(
            CHECK,
            `${some}${others.length > 0 ? ` and ${others.length} more` : ''}: cannot be listed`,
            'allow this user to read the folders in the export folder',
          ),
        ];
  return [judgeFiles(files, recognised, refused, folder, include), ...unreadable];
}

function judgeFiles(
  files: number,
  recognised: RecognisedFile | null,
  refused: readonly string[],
  folder: string,
  include: readonly string[],
): Finding {
  if (files === 0) {
    return attention(
      CHECK,
      `none in ${folder} that watch.include takes (${include.join(', ')})`,
      'export one image from the microscope into it and look again',
    );
  }
  const [reason] = refused;
  if (recognised === null && reason === undefined) {
    return attention(
      CHECK,
      `the newest of ${counted(files, 'file')} is still being written`,
      'look again when it is done',
    );
  }
  if (recognised === null) {
    return failure(
      CHECK,
      `of ${counted(files, 'file')} none of the newest is recognised: ${reason}`,
      'export TIFF or PNG with its metadata from the microscope, and try one with particled inspect FILE',
    );
  }
  const found = `${fileText(recognised)}; ${counted(files, 'file')}`;
  if (reason === undefined) return ok(CHECK, found);
  const advice = 'it is set aside until it is written anew; delete it or export it again';
  return attention(CHECK, `${reason}; before it ${found}`, advice);
}

function fileText(file: RecognisedFile): string {
  const { path, sample, widthPx, heightPx, pixelSizeNm, magnification, model } = file;
  const um = (px: number): string => ((px * pixelSizeNm) / 1000).toPrecision(3);
  return (
    `${path}: sample ${sample === '' ? 'without a label' : sample}, ${widthPx} x ${heightPx} px = ` +
    `${um(widthPx)} x ${um(heightPx)} um, ${Math.round(magnification)}x, served by model ${model}`
  );
}

async function recognise(
  path: string,
  { displayWidthM: displayWidthDefaultM, pixelSizeNm: statedNm }: Config['instrument'],
  models: readonly Model[],
): Promise<RecognisedFile> {
  const { file, metadata } = await readTile(path, { displayWidthDefaultM, pixelSizeNm: statedNm });
  const { sampleLabel: sample, pixelSizeNm, magnification } = metadata;
  const model = chooseModel(models, magnification, path).manifest.name;
  return { path, sample, widthPx: file.widthPx, heightPx: file.heightPx, pixelSizeNm, magnification, model };
}
