import { loadModels } from '../../src/inference/model/model-folder.ts';
import { openTrusted } from '../../src/known-answer/trusted-network.ts';

/** Prints what becomes of the known answers of a folder's models, as JSON lines, on whichever processor runs it. */
for (const model of await loadModels(process.argv[2]!)) {
  const { network, check } = await openTrusted(model, 1);
  await network.close();
  console.log(JSON.stringify(check));
}
