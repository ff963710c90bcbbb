import type { Config } from '../../config/schema.ts';
import { messageOf } from '../../errors.ts';
import { rangeText } from '../../inference/model/magnification-range.ts';
import type { Arithmetic } from '../../inference/model/manifest.ts';
import { type Model, packagedModelsFolder, surveyModels } from '../../inference/model/model-folder.ts';
import { type Saturation, saturationText } from '../../inference/model/saturation.ts';
import { loadShadowModel } from '../../inference/model/shadow-model.ts';
import { openNetwork } from '../../inference/network.ts';
import { segmentImage } from '../../inference/segment-image.ts';
import { computeAnswer } from '../../known-answer/compute-answer.ts';
import { deviationOf, deviationText, isClose } from '../../known-answer/deviation.ts';
import { type Question, readKnownAnswer } from '../../known-answer/read-answer.ts';
import { saturationOfFile } from '../../known-answer/trusted-network.ts';
import { poolShape } from '../../segmenter/pool.ts';
import { exampleTile } from '../../simulator/tiles/example-tile.ts';
import { counted } from '../../statistics/numeric/figure-digits.ts';
import type { GreyImage } from '../../watcher/image/grey-image.ts';
import { attention, type Finding, failure, ok } from '../finding.ts';

const TILES = 3;
const INSTALL = 'install the model again (particled models add --replace), or particled itself';

/** Every model of the folder: its file, whether its products fit, its known answer, the time of a tile. */
export async function lookAtModels(config: Config): Promise<Finding[]> {
  const folder = config.models.folder ?? packagedModelsFolder;
  const threads = config.segmenter.threadsPerProcess ?? poolShape().threadsPerProcess;
  const { models, faults } = await surveyModels(folder);
  const findings: Finding[] = [...faults.values()].map((fault) => failure('models', fault, INSTALL));
  if (models.length === 0 && faults.size === 0) {
    findings.push(
      failure(
        'models',
        `${folder}: holds no model`,
        'correct models.folder, or add one: particled models add',
      ),
    );
  }
  const shadow = await shadowOf(config, folder, models, (finding) => findings.push(finding));
  const tile = exampleTile();
  for (const model of new Set([...models, ...shadow])) {
    const check = `model ${model.manifest.name}`;
    findings.push(ok(check, fileText(model)));
    try {
      await examine(model, tile, threads, (finding) => findings.push(finding));
    } catch (error) {
      findings.push(failure(check, messageOf(error), INSTALL));
    }
  }
  return findings;
}

/** The model that `models.shadow` names, where there is one. */
async function shadowOf(
  { models: { shadow } }: Config,
  folder: string,
  models: readonly Model[],
  say: (finding: Finding) => void,
): Promise<Model[]> {
  if (shadow.model === null) return [];
  try {
    return [await loadShadowModel(folder, shadow.model, models)];
  } catch (error) {
    say(failure('shadow model', messageOf(error), 'correct models.shadow.model, or set it to null'));
    return [];
  }
}

function fileText({ file, manifest: { sha256, magnification } }: Model): string {
  return `${file}: SHA-256 ${sha256} as in its manifest, serves ${rangeText(magnification)}`;
}

async function examine(
  model: Model,
  tile: GreyImage,
  threads: number,
  say: (finding: Finding) => void,
): Promise<void> {
  const check = `model ${model.manifest.name}`;
  const own: Arithmetic = model.manifest.arithmetic ?? 'as-shipped';
  const saturation = await saturationOfFile(model.file);
  const question = await readKnownAnswer(model);
  say(saturationFinding(`${check}, saturation`, saturation, own, question));
  const forms: readonly Arithmetic[] = own === 'exact' ? ['exact'] : ['as-shipped', 'exact'];
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
        say(
          answerFinding(
            `${check}, known answer, ${arithmetic}`,
            isClose(deviation),
            deviationText(deviation),
          ),
        );
      }
      const tileMs = await tileTime(() => segmentImage(tile, model, network, 'bright'));
      say(ok(`${check}, tile, ${arithmetic}`, `${tileMs} ms with ${counted(threads, 'thread')}`));
    } finally {
      await network.close();
    }
  }
  if (!question) say(ok(`${check}, known answer`, 'none came with it; models add --replace makes one'));
}

function saturationFinding(
  check: string,
  saturation: Saturation,
  own: Arithmetic,
  question: Question | null,
): Finding {
  const text = saturationText(saturation);
  if (saturation.saturating.length === 0) return ok(check, text);
  if (own === 'exact' || !question) return ok(check, `${text}; computed in exact arithmetic`);
  return attention(
    check,
    `${text}; without VNNI it goes over to exact arithmetic`,
    'results stay right and take longer; a processor with VNNI, or another model, avoids it',
  );
}

function answerFinding(check: string, isRight: boolean, text: string): Finding {
  if (isRight) return ok(check, text);
  return failure(check, text, `${INSTALL}; where that does not help, trust no result of this computer`);
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
