import { Presets, SingleBar } from 'cli-progress';
import type { Config } from '../config/schema.ts';
import { UnusableFileError } from '../errors.ts';
import {
  exportSheet,
  type SheetCell,
  type SheetPlan,
  sheetPlan,
} from '../evaluation/contact-sheet/export-sheet.ts';
import { type AcceptedExports, premisesChanged } from '../evaluation/exports/accepted-exports.ts';
import { CLOSENESS } from '../evaluation/exports/export-change.ts';
import { exportsMissing, exportVerdict } from '../evaluation/exports/export-verdict.ts';
import { loadModels, type Model, packagedModelsFolder } from '../inference/model/model-folder.ts';
import { writePicture } from './evaluate/contact-sheet-file.ts';
import { premisesOf, readAccepted, writeAccepted } from './evaluate/exports/accepted-file.ts';
import { type ExportFile, exportFiles, folderName } from './evaluate/exports/export-files.ts';
import { type ExportJudge, type FoundExport, openExportJudge } from './evaluate/exports/export-judge.ts';
import { type ComparedExport, changesTable, figuresTable } from './evaluate/exports/export-text.ts';
import { sheetCell } from './evaluate/exports/sheet-cell.ts';
import { modelNamed } from './evaluate/finders.ts';
import type { PolarityChoice } from './evaluate/judge-sets.ts';

export interface EvaluateExportsOptions {
  readonly folders: readonly string[];
  /** Of files that state no magnification. */
  readonly model: string;
  /** Null and auto, as no labels tell it: as configured. */
  readonly polarity: PolarityChoice | null;
  /** Where to draw; null: nowhere. */
  readonly sheet: string | null;
  /** Figures to compare with, and where to write those found now. */
  readonly accepted: string | null;
  readonly accept: string | null;
  readonly json: boolean;
}

/** Shows what the shipped pipeline finds in real exports, and what has changed since a person last accepted it. */
export async function evaluateExports(config: Config, options: EvaluateExportsOptions): Promise<void> {
  const files = await exportFiles(options.folders);
  const accepted = options.accepted === null ? null : await readAccepted(options.accepted);
  const models = await loadModels(config.models.folder ?? packagedModelsFolder);
  const { particlesAre, displayWidthM } = config.instrument;
  const fallback = await modelNamed(config, options.model);
  const { polarity } = options;
  const shown = polarity === null || polarity === 'auto' ? particlesAre : polarity;
  const judge = openExportJudge(models, fallback, shown, displayWidthM);
  const plan = options.sheet === null ? null : sheetPlan(files.length);
  const judged = await judgeAll(files, judge, accepted, plan).finally(() => judge.close());
  if (judged.exports.length === 0) throw new Error(`no export can be used:\n${judged.unusable.join('\n')}`);
  if (options.sheet !== null && plan !== null) {
    await writePicture(options.sheet, exportSheet(judged.cells, plan, accepted !== null));
  }
  await report(options, models, accepted, judged);
}

interface Judged {
  readonly exports: readonly ComparedExport[];
  /** Files that no tile can be, with the reason. */
  readonly unusable: readonly string[];
  readonly cells: readonly SheetCell[];
}

/** One image in memory at a time, besides what is drawn of the others. */
async function judgeAll(
  files: readonly ExportFile[],
  judge: ExportJudge,
  accepted: AcceptedExports | null,
  plan: SheetPlan | null,
): Promise<Judged> {
  const bar = new SingleBar(
    { format: '{bar} {value}/{total} exports', stream: process.stderr },
    Presets.shades_classic,
  );
  if (process.stderr.isTTY) bar.start(files.length, 0);
  const exports: ComparedExport[] = [];
  const unusable: string[] = [];
  const cells: SheetCell[] = [];
  try {
    for (const file of files) {
      const found = await foundOrReason(judge, file);
      bar.increment();
      if (typeof found === 'string') {
        unusable.push(found);
        continue;
      }
      const { image: _, segments: __, ...kept } = found;
      const verdict = accepted && exportVerdict(accepted, found.name, found, found.figures);
      exports.push({ found: kept, verdict });
      if (plan && cells.length < plan.cells) cells.push(sheetCell(found, verdict, plan));
    }
  } finally {
    bar.stop();
  }
  return { exports, unusable, cells };
}

async function foundOrReason(judge: ExportJudge, file: ExportFile): Promise<FoundExport | string> {
  try {
    return await judge.judge(file);
  } catch (error) {
    if (error instanceof UnusableFileError) return error.message;
    throw error;
  }
}

async function report(
  options: EvaluateExportsOptions,
  models: readonly Model[],
  accepted: AcceptedExports | null,
  { exports, unusable, cells }: Judged,
): Promise<void> {
  const premises = premisesOf(models);
  const names = exports.map(({ found }) => found.name);
  const missing = accepted ? exportsMissing(accepted, options.folders.map(folderName), names) : [];
  const changed = exports.filter(({ verdict }) => verdict && verdict.beyond.length > 0);
  const differs = accepted ? premisesChanged(accepted, premises) : [];
  if (options.json) {
    const data = exports.map(({ found, verdict }) => ({ ...found, verdict }));
    console.log(JSON.stringify({ ...premises, exports: data, unusable, missing, differs }, null, 2));
  } else {
    printFigures(options, exports, unusable);
    if (options.sheet !== null && cells.length < exports.length) {
      console.log(`${exports.length - cells.length} exports are not on the sheet: it holds ${cells.length}`);
    }
    if (accepted) printChanges(exports, differs, missing);
  }
  if (options.accept !== null) {
    await writeAccepted(
      options.accept,
      premises,
      exports.map(({ found }) => found),
    );
    console.error(`${options.accept}: accepted ${exports.length} exports`);
  } else if (changed.length + missing.length > 0) process.exitCode = 1;
}

function printFigures(
  { model }: EvaluateExportsOptions,
  exports: readonly ComparedExport[],
  unusable: readonly string[],
): void {
  const silent = exports.filter(({ found }) => found.magnification === null).length;
  console.log(figuresTable(exports));
  if (silent > 0) {
    console.log(
      `\n${silent} without metadata: no tiles to the daemon, here judged by ${model} (--model) in pixels`,
    );
  }
  for (const reason of unusable) console.log(`not judged: ${reason}`);
}

function printChanges(
  exports: readonly ComparedExport[],
  differs: readonly string[],
  missing: readonly string[],
): void {
  console.log(`\nagainst the accepted figures\n${changesTable(exports)}\n`);
  for (const line of differs) console.log(line);
  for (const name of missing) console.log(`${name}: accepted, gives no figures now`);
  for (const { found, verdict } of exports) {
    if (verdict && verdict.beyond.length > 0) console.log(`${found.name}: ${verdict.beyond.join(', ')}`);
  }
  const changed =
    exports.filter(({ verdict }) => verdict && verdict.beyond.length > 0).length + missing.length;
  console.log(
    changed === 0
      ? `none of ${exports.length} exports changed by over ${100 * CLOSENESS} %`
      : `${changed} of ${exports.length + missing.length} exports changed by over ${100 * CLOSENESS} %; look at the sheet, and accept by --accept FILE or mend the cause`,
  );
}
