import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UnusableFileError } from '../../src/errors.ts';
import { createSetAside } from '../../src/walk/set-aside.ts';
import { stateOf } from '../../src/watcher/file-state.ts';
import { premises } from '../support/premises.ts';
import { walkOn } from '../support/walk.ts';

describe('a file that is set aside', () => {
  it('is listed with its reason and announced without its folder, once for each state of the file', async () => {
    const place = premises();
    const { parts, store, messages } = await walkOn(place);
    const setAside = createSetAside(parts, { warn() {} }, () => ({
      baseTopic: 'particled',
      instrument: 'test',
      softwareVersion: '1',
      at: new Date(0),
    }));
    const path = join(place.exportFolder, 'dark.tiff');
    writeFileSync(path, 'x');
    const fault = new UnusableFileError(path, 'flat', 'has the value 0 in every pixel; was the beam off?');
    setAside(path, fault, stateOf(statSync(path)));
    setAside(path, fault, stateOf(statSync(path)));
    expect(store.unusable.all()).toMatchObject([{ path, code: 'flat', sizeBytes: 1, mayRecover: false }]);
    expect(messages()).toMatchObject([
      {
        topic: 'particled/test/set-aside',
        payload: {
          sequence: 1,
          file: 'dark.tiff',
          reason: 'has the value 0 in every pixel; was the beam off?',
        },
      },
    ]);
    writeFileSync(path, 'xy');
    setAside(path, fault, stateOf(statSync(path)));
    expect(messages()).toHaveLength(2);
  });

  it('for an unforeseen reason is unreadable, and may recover', async () => {
    const place = premises();
    const { parts, store } = await walkOn(place);
    const setAside = createSetAside(parts, { warn() {} }, () => ({
      baseTopic: 'particled',
      instrument: 'test',
      softwareVersion: '1',
      at: new Date(0),
    }));
    setAside(join(place.exportFolder, 'gone.tiff'), new Error('EIO: i/o error, read'), null);
    expect(store.unusable.all()).toMatchObject([
      { code: 'unreadable', reason: 'EIO: i/o error, read', mayRecover: true, sizeBytes: 0 },
    ]);
  });
});
