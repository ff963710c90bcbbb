import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { changeAnswer, tinyModels, withOneMore } from '../known-answer/answers.ts';
import { particled } from '../support/command.ts';
import { type Premises, premises, type Settings, settingsFor } from '../support/premises.ts';
import { writeSmallTile } from '../support/small-tile.ts';

function configFile(place: Premises, changes: Settings = {}): string {
  const file = join(place.folder, 'particled.yaml');
  writeFileSync(file, stringify(settingsFor(place, { mqtt: { port: 0 }, ...changes })));
  return file;
}

interface Finding {
  readonly check: string;
  readonly verdict: string;
  readonly found: string;
  readonly advice: string | null;
}

describe('particled doctor', () => {
  it('finds a computer well: everything looked at, models right in both arithmetics', async () => {
    const place = premises();
    writeSmallTile(place.exportFolder);
    const file = configFile(place, { models: { folder: await tinyModels(place.folder) } });
    const { stdout, code } = await particled('doctor', '--json', '--config', file);
    expect(code, stdout).toBe(0);
    const { processor, configuration, findings } = JSON.parse(stdout);
    expect(processor).toMatchObject({ model: expect.any(String), features: expect.any(Array) });
    expect(configuration).toEqual({ file, foundBy: '--config', variables: [] });
    const ofModel = (name: string): string[] => [
      `model ${name}`,
      ...[
        'saturation',
        'known answer, as-shipped',
        'tile, as-shipped',
        'known answer, exact',
        'tile, exact',
      ].map((what) => `model ${name}, ${what}`),
    ];
    expect(findings.map(({ check }: Finding) => check)).toEqual([
      ...[
        'clock',
        'time zone',
        'memory and cores',
        'export folder',
        'newest file',
        'inotify',
        'store',
        'daemon',
      ],
      ...[
        'report folder',
        'disk space, store',
        'disk space, reports',
        'kept files',
        'broker',
        'mail',
        'secrets',
      ],
      ...ofModel('high'),
      ...ofModel('low'),
    ]);
    for (const { verdict, advice } of findings) expect(advice === null).toBe(verdict === 'ok');
  }, 90_000);

  it('ends with 1 and one line each for what fails, with what to do', async () => {
    const place = premises();
    const models = await tinyModels(place.folder);
    changeAnswer(join(models, 'low'), withOneMore);
    writeFileSync(join(models, 'high', 'model.onnx'), 'damaged');
    const changes = { models: { folder: models }, watch: { folder: join(place.folder, 'none') } };
    const { stdout, code } = await particled('doctor', '--config', configFile(place, changes));
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^failure {4}export folder: .*none: cannot be read by .* -> create it, mount its share/m,
    );
    expect(stdout).toMatch(
      /^failure {4}model low, known answer, exact: \d+ particles of \d+, 1 not found.* -> install/m,
    );
    expect(stdout).toMatch(/^failure {4}models: .*high\/model\.onnx: SHA-256 is/m);
    expect(stdout).toMatch(/^not well: 4 failures/m);
  }, 90_000);
});
