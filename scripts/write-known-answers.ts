import { configSchema } from '../src/config/schema.ts';
import { loadModels, packagedModelsFolder } from '../src/inference/model/model-folder.ts';
import { deviationText } from '../src/known-answer/deviation.ts';
import { makeAnswer, writeAnswer } from '../src/known-answer/make-answer.ts';

/**
 * What each shipped model finds in a small virtual tile, written beside its manifest: run it when a model, its
 * combination of masks or the simulator are meant to answer otherwise.
 */
const COMMAND = 'node scripts/write-known-answers.ts';

const config = configSchema.parse({});
for (const model of await loadModels(packagedModelsFolder)) {
  const { name } = model.manifest;
  const made = await makeAnswer(model, config);
  if (!made) {
    console.error(`${name}: no virtual tile has an answer that rounding leaves as it is`);
    process.exitCode = 1;
    continue;
  }
  const path = await writeAnswer(model.folder, model.manifest, made, COMMAND);
  console.log(`${path}: seed ${made.seed}; as shipped against exact: ${deviationText(made.rounding)}`);
}
