import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { premises } from '../support/premises.ts';
import { tinyNetwork } from './tiny-network.ts';

const file = JSON.stringify(tinyNetwork('roi-28'));
const ours = new URL('../../src/inference/network.ts', import.meta.url).href;
const runtime = pathToFileURL(createRequire(import.meta.url).resolve('onnxruntime-node')).href;

/** Loads a network in a process of its own; which files of the user's are there then, and what was said. */
function loaded(script: string, variables: Readonly<Record<string, string>> = {}) {
  const { folder } = premises();
  // Neither CI nor a test's variables, which silence onnxruntime too.
  const env = { PATH: '/usr/bin:/bin', HOME: folder, XDG_CACHE_HOME: folder, ...variables };
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    env,
    cwd: folder,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return { files: globSync('**/*', { cwd: folder }).filter((name) => name !== 'export'), stderr };
}

const alone = `const { default: runtime } = await import('${runtime}'); await runtime.InferenceSession.create(${file})`;
const through = `const { networkFacts } = await import('${ours}'); await networkFacts(${file})`;

describe('a network is loaded', () => {
  it('without an identifier of the user for the runtime’s telemetry, which it makes of itself', () => {
    expect(loaded(alone).files.join('\n')).toMatch(/Microsoft/);
    expect(loaded(through)).toEqual({ files: [], stderr: '' });
  });

  it('also where the variable says otherwise, or the user has no folder to write to', () => {
    expect(loaded(through, { ORT_DISABLE_TELEMETRY: '0' }).files).toEqual([]);
    const nowhere = { HOME: '/nonexistent', XDG_CACHE_HOME: '/nonexistent' };
    expect(loaded(through, nowhere)).toEqual({ files: [], stderr: '' });
  });
});
