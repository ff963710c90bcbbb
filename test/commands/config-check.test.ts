import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { configSchema } from '../../src/config/schema.ts';
import { particled } from '../support/command.ts';
import { premises } from '../support/premises.ts';

describe('particled config check', () => {
  it('prints what is in force', async () => {
    const { folder } = premises();
    const file = join(folder, 'config.yaml');
    writeFileSync(file, stringify({ grid: { rows: 3, columns: 4 } }));
    const { code, stdout } = await particled('config', 'check', '--config', file);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(configSchema.parse({ grid: { rows: 3, columns: 4 } }));
  });

  it('lists every fault with its key, the value and the limit, and fails', async () => {
    const { folder } = premises();
    const file = join(folder, 'config.yaml');
    writeFileSync(
      file,
      stringify({
        instrument: { name: 'phenom/1' },
        watch: { stabilityMs: 5, foldr: '/data' },
        mqtt: { url: 'http://broker' },
      }),
    );
    const { code, stdout, stderr } = await particled('config', 'check', '--config', file);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const [head, ...faults] = stderr.trimEnd().split('\n');
    expect(head).toBe(`${file}: 4 fault(s)`);
    expect(faults.toSorted()).toEqual([
      expect.stringMatching(/^ {2}- instrument\.name: "phenom\/1" is refused: must be 1 to 64 letters/),
      expect.stringMatching(/^ {2}- mqtt\.url: "http:\/\/broker" is refused: must start with mqtt:/),
      expect.stringMatching(/^ {2}- watch\.foldr: unknown key/),
      expect.stringMatching(/^ {2}- watch\.stabilityMs: 5 is refused: .*50/),
    ]);
  });
});
