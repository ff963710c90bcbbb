import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOnnx } from '../../../src/inference/onnx/onnx-file.ts';
import { premises } from '../../support/premises.ts';
import { tinyNetwork } from '../tiny-network.ts';

describe('a network file', () => {
  it('is read as its nodes and constants', async () => {
    const { graph } = await readOnnx(tinyNetwork('qdq-64'));
    expect(graph?.node.map(({ opType }) => opType)).toContain('Conv');
    const weights = graph?.initializer.find(({ name }) => name === 'weights');
    expect(weights).toMatchObject({ dims: [2, 1, 1, 2], dataType: 3 });
    expect([...weights!.rawData]).toEqual([64, 64, 64, 64]);
  });

  it.each([
    ['text', 'not a network'],
    ['nothing', ''],
    ['a field that ends too early', Buffer.from([0x3a, 0xff, 0xff, 0xff, 0x0f, 0x0a])],
    ['graphs in graphs without end', Buffer.alloc(4000, 0x3a)],
  ])('that holds %s is refused by its name', async (_, content) => {
    const file = join(premises().folder, 'junk.onnx');
    writeFileSync(file, content);
    await expect(readOnnx(file)).rejects.toThrow(`${file}: is no ONNX network`);
  });

  it('that is not there is said to be so', async () => {
    await expect(readOnnx('/nowhere/none.onnx')).rejects.toThrow(/none\.onnx: cannot be read \(ENOENT/);
  });
});
