import { messageOf } from '../errors.ts';
import type { Arithmetic } from '../inference/model/manifest.ts';
import { type Model, surveyModels } from '../inference/model/model-folder.ts';
import { type Saturation, saturationText } from '../inference/model/saturation.ts';
import { openNetwork } from '../inference/network.ts';
import { segmentImage } from '../inference/segment-image.ts';
import { computeAnswer } from '../known-answer/compute-answer.ts';
import { deviationOf, deviationText, isClose } from '../known-answer/deviation.ts';
import { type Question, readKnownAnswer } from '../known-answer/read-answer.ts';
import { saturationOfFile } from '../known-answer/trusted-network.ts';
import { exampleTile } from '../simulator/tiles/example-tile.ts';
import type { GreyImage } from '../watcher/image/grey-image.ts';

/** ok: as it should be; attention: results are right, though not as intended; failure: no result may be trusted. */
export type Verdict = 'ok' | 'attention' | 'failure';

export interface Finding {
  readonly verdict: Verdict;
  readonly what: string;
  readonly text: string;
}

/** A model and what was found of it. */
export interface ExaminedModel {
  readonly model: string;
  readonly sha256: string;
  readonly findings: readonly Finding[];
}

const TILES = 3;

/** Every model of a folder: its file, whether its products fit, its known answer, the time of a tile. */
export async function examined(
  modelsFolder: string,
  threads: number,
): Promise<{ readonly models: readonly ExaminedModel[]; readonly faults: readonly string[] }> {
  const { models, faults } = await surveyModels(modelsFolder);
  const tile = exampleTile();
  const found: ExaminedModel[] = [];
  for (const model of models) {
    const findings: Finding[] = [];
    try {
      await examine(model, tile, threads, (finding) => findings.push(finding));
    } catch (error) {
      findings.push({ verdict: 'failure', what: 'network', text: messageOf(error) });
    }
    found.push({ model: model.manifest.name, sha256: model.manifest.sha256, findings });
  }
  return { models: found, faults: [...faults.values()] };
}

async function examine(
  model: Model,
  tile: GreyImage,
  threads: number,
  say: (finding: Finding) => void,
): Promise<void> {
  const own: Arithmetic = model.manifest.arithmetic ?? 'as-shipped';
  const saturation = await saturationOfFile(model.file);
  const question = await readKnownAnswer(model);
  say(saturationFinding(saturation, own, question));
  const forms: readonly Arithmetic[] = own === 'exact' ? ['exact'] : ['as-shipped', 'exact'];
  const right = new Map<Arithmetic, boolean>();
  for (const arithmetic of forms) {
    const network = await openNetwork(model, threads, arithmetic);
    try {
      if (question) {
        const answer = await computeAnswer(
          network,
          model.manifest,
          question.image,
          question.answer.thresholds,
        );
        const deviation = deviationOf(question.answer.particles, answer);
        right.set(arithmetic, isClose(deviation));
        say(answerFinding(arithmetic, isClose(deviation), deviationText(deviation)));
      }
      const tileMs = await tileTime(() => segmentImage(tile, model, network, 'bright'));
      say({ verdict: 'ok', what: `tile, ${arithmetic}`, text: `${tileMs} ms with ${threads} thread(s)` });
    } finally {
      await network.close();
    }
  }
  if (!question) {
    say({
      verdict: 'ok',
      what: 'known answer',
      text: 'none came with it: add it again with models add --replace',
    });
  }
}

function saturationFinding(saturation: Saturation, own: Arithmetic, question: Question | null): Finding {
  const text = saturationText(saturation);
  if (saturation.saturating.length === 0) return { verdict: 'ok', what: 'saturation', text };
  if (own === 'exact' || !question) {
    return { verdict: 'ok', what: 'saturation', text: `${text}; computed in exact arithmetic` };
  }
  return {
    verdict: 'attention',
    what: 'saturation',
    text: `${text}; without VNNI it goes over to exact arithmetic`,
  };
}

function answerFinding(arithmetic: Arithmetic, isRight: boolean, text: string): Finding {
  const verdict = isRight ? 'ok' : 'failure';
  return { verdict, what: `known answer, ${arithmetic}`, text };
}

/** The least of several: other work only makes it longer. */
async function tileTime(work: () => Promise<unknown>): Promise<number> {
  await work();
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < TILES; i++) {
    const start = performance.now();
    await work();
    least = Math.min(least, performance.now() - start);
  }
  return Math.round(least);
}
