import type { Config } from '../config/schema.ts';
import { CaseExtremes } from '../evaluation/contact-sheet/case-extremes.ts';
import { type ModelScore, modelScore } from '../evaluation/scores/model-score.ts';
import type { AcquisitionScore } from '../evaluation/sizes/acquisition-score.ts';
import { readAcquisition, scoreAcquisition } from './evaluate/acquisition.ts';
import { type SheetSection, writeContactSheet } from './evaluate/contact-sheet-file.ts';
import { type Contestant, finderContestant, predictionsContestant } from './evaluate/contestants.ts';
import { type NamedFinder, namedFinders } from './evaluate/finders.ts';
import { judgeSets, type PolarityChoice } from './evaluate/judge-sets.ts';
import { type LabelledSet, labelledSets, type SetChoice } from './evaluate/labelled-images.ts';
import { acquisitionTable, overviewTable, scoreTable } from './evaluate/score-table.ts';

export interface EvaluateOptions extends SetChoice {
  /** Simulated acquisitions: folders with tiles and truth.json. */
  readonly acquisitions: readonly string[];
  /** Names of models; none: every one there is, and the classical baseline. */
  readonly models: readonly string[];
  /** Someone else's label images of `images`. */
  readonly predictions: string | null;
  /** Null: as configured. */
  readonly polarity: PolarityChoice | null;
  /** Where to draw the worst and the best cases; null: nowhere. */
  readonly sheet: string | null;
  readonly json: boolean;
}

type Scores<S> = Record<string, S>;

/** Measures the shipped pipeline against known truth: the one ruler of every accuracy figure. */
export async function evaluate(config: Config, options: EvaluateOptions): Promise<void> {
  const sets = await labelledSets(options);
  const acquisitions = await Promise.all(options.acquisitions.map(readAcquisition));
  if (sets.length + acquisitions.length === 0) {
    throw new Error('nothing to measure: give --images and --labels, --dataset or --acquisition');
  }
  if (options.sheet !== null && sets.length === 0) {
    throw new Error('--sheet draws labelled images: give --images and --labels, or --dataset');
  }
  const finders = await namedFinders(config, options.models);
  const polarity = options.polarity ?? config.instrument.particlesAre;

  const labelled = await scoreLabelled(await contestantsOf(finders, sets, options), sets, polarity, options);
  // No labels tell a tile's polarity.
  const tilePolarity = polarity === 'auto' ? config.instrument.particlesAre : polarity;
  const measured: Scores<Scores<AcquisitionScore>> = {};
  for (const acquisition of acquisitions) {
    const scores: Scores<AcquisitionScore> = {};
    for (const finder of finders) {
      scores[finder.name] = await scoreAcquisition(acquisition, finder, config, tilePolarity);
    }
    measured[acquisition.folder] = scores;
  }
  if (options.json) printJson(labelled, measured);
  else printTables(labelled, measured);
}

async function contestantsOf(
  finders: readonly NamedFinder[],
  sets: readonly LabelledSet[],
  { predictions }: EvaluateOptions,
): Promise<Contestant[]> {
  const contestants = finders.map(finderContestant);
  if (predictions === null) return contestants;
  const [set, ...others] = sets;
  if (!set || others.length > 0) {
    throw new Error(`--predictions belongs to one set of labelled images, ${sets.length} were given`);
  }
  return [...contestants, await predictionsContestant(predictions, set)];
}

interface Labelled {
  readonly images: number;
  /** Over the images of all sets together. */
  readonly models: Scores<ModelScore>;
  readonly sets: Scores<Scores<ModelScore>>;
}

async function scoreLabelled(
  contestants: readonly Contestant[],
  sets: readonly LabelledSet[],
  polarity: PolarityChoice,
  { sheet }: EvaluateOptions,
): Promise<Labelled> {
  const models: Scores<ModelScore> = {};
  const bySet: Scores<Scores<ModelScore>> = Object.fromEntries(sets.map(({ name }) => [name, {}]));
  const sections: SheetSection[] = [];
  for (const contestant of sets.length > 0 ? contestants : []) {
    const extremes = sheet === null ? null : new CaseExtremes();
    const judgedSets = await judgeSets(contestant, sets, polarity, (judged) => extremes?.see(judged));
    const together = modelScore(judgedSets.flat());
    if (together) models[contestant.name] = together;
    for (const [index, { name }] of sets.entries()) {
      const score = modelScore(judgedSets[index] ?? []);
      if (score) bySet[name]![contestant.name] = score;
    }
    if (extremes) sections.push({ title: contestant.name, ...extremes });
  }
  if (sheet !== null && sections.length > 0) await writeContactSheet(sheet, sections);
  return { images: sets.reduce((sum, { files }) => sum + files.length, 0), models, sets: bySet };
}

function printJson({ images, models, sets }: Labelled, acquisitions: Scores<Scores<AcquisitionScore>>): void {
  const several = Object.keys(sets).length > 1 ? { sets } : {};
  const measured = Object.keys(acquisitions).length > 0 ? { acquisitions } : {};
  console.log(JSON.stringify({ images, models, ...several, ...measured }, null, 2));
}

function printTables({ sets }: Labelled, acquisitions: Scores<Scores<AcquisitionScore>>): void {
  for (const [name, scores] of Object.entries(sets)) console.log(`${name}\n${scoreTable(scores)}\n`);
  for (const [name, scores] of Object.entries(acquisitions)) {
    console.log(`${name}\n${acquisitionTable(scores)}\n`);
  }
  if (Object.keys(sets).length > 1) console.log(overviewTable(sets));
}
