import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadModel, loadModels, packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { openTrusted } from '../../src/known-answer/trusted-network.ts';
import { putTinyModel, type TinyForm } from '../inference/tiny-network.ts';
import { premises } from '../support/premises.ts';
import { changeAnswer, copiedModels, putDisagreeing, withOneMore } from './answers.ts';

async function opened(folder: string) {
  const { network, check } = await openTrusted(await loadModel(folder), 1);
  await network.close();
  return check;
}

describe('the shipped models', () => {
  it('give their known answers on this processor', async () => {
    for (const model of await loadModels(packagedModelsFolder)) {
      const { network, check } = await openTrusted(model, 1);
      await network.close();
      expect(check).toMatchObject({
        figures: expect.stringMatching(/^\d+ particles of \d+/),
        deviation: null,
      });
    }
  });
});

describe('a model that does not give its known answer', () => {
  it('goes over to exact arithmetic, which does, and says by how much its own was off', async () => {
    const low = join(copiedModels(premises().folder), 'low');
    await putDisagreeing(low);
    expect(await opened(low)).toMatchObject({
      arithmetic: 'exact',
      figures: expect.stringMatching(/areas within 0 % /),
      deviation: expect.stringMatching(
        /^on this processor the model low does not give .* areas within .* exact/,
      ),
    });
  });

  it('in exact arithmetic either is refused', async () => {
    const low = join(copiedModels(premises().folder), 'low');
    changeAnswer(low, withOneMore);
    await expect(opened(low)).rejects.toThrow(
      /low\/model\.onnx: its known answer comes out wrong in exact arithmetic too \(\d+ particles of \d+, 1 not found/,
    );
  });
});

describe('a known answer', () => {
  it('of another model, or with another image, is refused', async () => {
    const low = join(copiedModels(premises().folder), 'low');
    changeAnswer(low, () => ({ modelSha256: 'a'.repeat(64) }));
    await expect(opened(low)).rejects.toThrow(
      /known-answer\.json: is the answer of another model \(aaaaaaaa, /,
    );
    cpSync(join(packagedModelsFolder, 'low', 'known-answer.json'), join(low, 'known-answer.json'));
    writeFileSync(join(low, 'known-answer.png'), 'damaged');
    await expect(opened(low)).rejects.toThrow(/known-answer\.png: SHA-256 is /);
  });

  it('that is damaged is refused with what is wrong', async () => {
    const low = join(copiedModels(premises().folder), 'low');
    changeAnswer(low, () => ({ particles: [] }));
    await expect(opened(low)).rejects.toThrow(/known-answer\.json: particles: /);
    writeFileSync(join(low, 'known-answer.json'), '{');
    await expect(opened(low)).rejects.toThrow(/known-answer\.json: is not JSON/);
  });
});

describe('a model without a known answer', () => {
  it.each([
    ['roi-28', 'as-shipped'],
    ['qdq-64', 'as-shipped'],
    ['qdq-127', 'exact'],
  ] as const)('such as %s is computed %s', async (form, arithmetic) => {
    expect(await opened(await tinyModel(form))).toMatchObject({ arithmetic, figures: null, deviation: null });
  });

  it('is refused where its products could saturate and have no exact form', async () => {
    await expect(opened(await tinyModel('operator-127'))).rejects.toThrow(
      /operator-127\/model\.onnx: pairs of 8-bit products may add up to 64,770.*reduce_range.*as QDQ$/,
    );
  });
});

async function tinyModel(form: TinyForm): Promise<string> {
  return (await putTinyModel(premises().folder, form)).folder;
}
