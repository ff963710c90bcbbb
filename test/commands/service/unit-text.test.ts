import { describe, expect, it } from 'vitest';
import {
  commandWord,
  dropIn,
  MARK,
  pathWord,
  type UnitDifferences,
  wholeUnit,
} from '../../../src/commands/service/unit-text.ts';

const shipped =
  '[Unit]\nDescription=x\n\n[Service]\nExecStart=/usr/bin/particled run\nUser=particled\n\n[Install]\nWantedBy=y\n';
const differences: UnitDifferences = {
  unit: ['RequiresMountsFor=/data'],
  service: ['ReadWritePaths=/data'],
  execStart: '/opt/$&/particled run',
};

describe('the text of the unit', () => {
  it('is the shipped one with the differences in their sections, all else as it was', () => {
    expect(wholeUnit(shipped, differences)).toBe(
      `${MARK}\n[Unit]\nDescription=x\nRequiresMountsFor=/data\n\n[Service]\nExecStart=/opt/$&/particled run\nReadWritePaths=/data\nUser=particled\n\n[Install]\nWantedBy=y\n`,
    );
  });

  it('is a drop-in of the differences alone, which takes the command away before it gives another', () => {
    expect(dropIn(differences)).toBe(
      `${MARK}\n\n[Unit]\nRequiresMountsFor=/data\n\n[Service]\nExecStart=\nExecStart=/opt/$&/particled run\nReadWritePaths=/data\n`,
    );
    expect(dropIn({ unit: ['After=a'], service: [], execStart: null })).toBe(`${MARK}\n\n[Unit]\nAfter=a\n`);
  });

  it('has blanks, quotes, % and $ of paths as systemd reads them', () => {
    expect(pathWord('/srv/export')).toBe('/srv/export');
    expect(pathWord('/srv/100 % "new"')).toBe('"/srv/100 %% \\"new\\""');
    expect(commandWord('/srv/$HOME/x y')).toBe('"/srv/$$HOME/x y"');
  });
});
