/**
 * Runs the tests that prove what the daemon survives, and prints the table of faults line by line.
 *
 *     npm run test:faults
 *
 * A line is held when every test that it names has run and passed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Proof } from './fault-line.ts';
import { faultLines } from './lines.ts';

const results = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});
type Result = { readonly file: string; readonly title: string; readonly status: string };

const proofs = faultLines.flatMap((line) => line.proofs);
const all = [...new Set(proofs.map(([file]) => file))];
const isSlow = (file: string): boolean => /^(faults|end-to-end)\//.test(file);
const ran = [
  ...outcomes(
    all.filter((file) => !isSlow(file)),
    'vitest.config.ts',
  ),
  ...outcomes(all.filter(isSlow), 'vitest.slow.config.ts'),
];

let open = 0;
for (const { number, what, proofs: named, untested } of faultLines) {
  const faults = named.flatMap((proof) => faultOf(proof));
  if (faults.length > 0) open += 1;
  const held = faults.length === 0 ? 'held' : 'NOT HELD';
  console.log(`${String(number).padStart(2)}  ${what}: ${held}`);
  for (const [file, title] of named) console.log(`      test/${file}: ${title}`);
  for (const fault of faults) console.log(`      ${fault}`);
  if (untested !== undefined) console.log(`      not tested here: ${untested}`);
}
console.log(`\n${faultLines.length - open} of ${faultLines.length} lines held`);
process.exitCode = open === 0 ? 0 : 1;

function faultOf([file, title]: Proof): string[] {
  const found = ran.filter((result) => result.file.endsWith(`/test/${file}`) && result.title.includes(title));
  if (found.length === 0) return [`no such test has run: ${file}: ${title}`];
  return found
    .filter(({ status }) => status !== 'passed')
    .map((result) => `${result.status}: ${result.title}`);
}

function outcomes(files: readonly string[], config: string): Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'particled-faults-'));
  const report = join(folder, 'report.json');
  try {
    const words = [
      'run',
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ];
    spawnSync('vitest', [...words, ...files.map((file) => `test/${file}`)], { stdio: 'inherit' });
    return results
      .parse(JSON.parse(readFileSync(report, 'utf8')))
      .testResults.flatMap(({ name, assertionResults }) =>
        assertionResults.map(({ fullName, status }) => ({ file: name, title: fullName, status })),
      );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
