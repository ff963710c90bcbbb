import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { networkFacts } from '../../src/inference/network.ts';
import { tinyNetwork } from './tiny-network.ts';

/** What is said of a network file with these bytes. */
async function faultOf(bytes: Uint8Array): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'particled-network-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'model.onnx');
  writeFileSync(file, bytes);
  const said = await networkFacts(file).then(
    () => 'nothing',
    (error: Error) => error.message,
  );
  return said.replace(`${file}: `, '');
}

/** The second byte of a tiny network is its format, the last one its opset. */
function changed(at: 1 | -1, value: number): Uint8Array {
  const bytes = readFileSync(tinyNetwork('roi-28'));
  bytes[(at + bytes.length) % bytes.length] = value;
  return bytes;
}

describe('a network file that cannot be loaded', () => {
  it('is of a newer opset than can be read', async () => {
    expect(await faultOf(changed(-1, 99))).toMatch(
      /^is of ONNX opset 99, and \d+ is the newest that can be read; export it with an older opset$/,
    );
  });

  it('is of a newer format than can be read', async () => {
    expect(await faultOf(changed(1, 99))).toMatch(
      /^is of ONNX format 99, and \d+ is the newest that can be read; export it with an older onnx$/,
    );
  });

  it('uses an operator that its opset does not have', async () => {
    expect(await faultOf(changed(-1, 1))).toMatch(
      /^uses the operator \w+, which its opset 1 does not have; export it with another opset$/,
    );
  });

  it.each([
    ['text', Buffer.from('not a network')],
    ['empty', new Uint8Array()],
    ['cut off', readFileSync(tinyNetwork('roi-28')).subarray(0, 600)],
  ])('is %s', async (_, bytes) => {
    expect(await faultOf(bytes)).toBe('is no ONNX network or not all of one; copy or export it again');
  });
});
