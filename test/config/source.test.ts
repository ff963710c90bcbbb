import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configSource, sourceText } from '../../src/config/source.ts';
import { premises } from '../support/premises.ts';

describe('the file of the configuration', () => {
  it('is that of --config, else that of PARTICLED_CONFIG, else the standard one, else none', () => {
    const standard = join(premises().folder, 'config.yaml');
    const environment = { PARTICLED_CONFIG: '/b.yaml' };
    expect(configSource(undefined, {}, standard)).toEqual({ file: null, foundBy: null, variables: [] });
    writeFileSync(standard, '');
    expect(configSource('/a.yaml', environment, standard)).toMatchObject({
      file: '/a.yaml',
      foundBy: '--config',
    });
    expect(configSource(undefined, environment, standard)).toMatchObject({
      file: '/b.yaml',
      foundBy: 'PARTICLED_CONFIG',
    });
    expect(configSource(undefined, {}, standard)).toMatchObject({
      file: standard,
      foundBy: 'standard place',
    });
    // What is set to nothing names nothing.
    expect(configSource(undefined, { PARTICLED_CONFIG: '' }, standard).file).toBe(standard);
  });

  it('is there also where it may not be looked at, so that its reader says why', () => {
    const { folder } = premises();
    // A link to itself can be looked at no more than what lies in a folder without permission.
    const circle = join(folder, 'config.yaml');
    symlinkSync(circle, circle);
    expect(configSource(undefined, {}, circle).file).toBe(circle);
  });

  it('is told with the variables that set keys, in the order of the keys', () => {
    const environment = { PARTICLED_GRID_ROWS: '3', PARTICLED_WATCH_FOLDER: '/x', HOME: '/root' };
    expect(sourceText(configSource('/a.yaml', environment))).toBe(
      '/a.yaml (--config), PARTICLED_WATCH_FOLDER, PARTICLED_GRID_ROWS',
    );
    expect(sourceText({ file: null, foundBy: null, variables: [] })).toBe(
      'defaults (no /etc/particled/config.yaml)',
    );
  });
});
