import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeAnswer, tinyModels, withOneMore } from '../known-answer/answers.ts';
import { particled } from '../support/command.ts';
import { premises } from '../support/premises.ts';

/** A configuration of tiny models; test/end-to-end/doctor.test.ts looks at the shipped ones. */
async function surgery(): Promise<{ models: string; config: string }> {
  const { folder } = premises();
  const models = await tinyModels(folder);
  const config = join(folder, 'particled.yaml');
  writeFileSync(config, `models:\n  folder: ${models}\n`);
  return { models, config };
}

describe('particled doctor', () => {
  it('finds models well: file, known answer in both arithmetics, time of a tile', async () => {
    const { config } = await surgery();
    const { stdout, code } = await particled('doctor', '--json', '--config', config);
    expect(code).toBe(0);
    const { processor, models, faults } = JSON.parse(stdout);
    expect(processor).toMatchObject({ model: expect.any(String), features: expect.any(Array) });
    expect(faults).toEqual([]);
    expect(models.map(({ model }: { model: string }) => model)).toEqual(['high', 'low']);
    for (const { sha256, findings } of models) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(findings.map(({ what }: { what: string }) => what)).toEqual([
        'saturation',
        ...['known answer, as-shipped', 'tile, as-shipped', 'known answer, exact', 'tile, exact'],
      ]);
    }
  }, 60_000);

  it('ends with 1 on an answer that comes out wrong and on a damaged model, and says which', async () => {
    const { models, config } = await surgery();
    changeAnswer(join(models, 'low'), withOneMore);
    writeFileSync(join(models, 'high', 'model.onnx'), 'damaged');
    const { stdout, code } = await particled('doctor', '--config', config);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}failure +known answer, exact: \d+ particles of \d+, 1 not found/m);
    expect(stdout).toMatch(/^ {2}failure +.*high\/model\.onnx: SHA-256 is/m);
    expect(stdout).toMatch(/^not well/m);
  }, 60_000);
});
