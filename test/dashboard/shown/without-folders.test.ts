import { describe, expect, it } from 'vitest';
import { createDaemonLink } from '../../../src/dashboard/daemon-link.ts';
import { messageWithoutFolders, withoutFolders } from '../../../src/dashboard/shown/without-folders.ts';
import { statusExample } from '../status-example.ts';

describe('words for whoever looks from outside', () => {
  it.each([
    ['ENOENT: no such file, open /srv/phenom/export/a.tiff.', 'ENOENT: no such file, open .../a.tiff.'],
    ['C:\\Users\\sem\\a.tiff cannot be read', '.../a.tiff cannot be read'],
    ["'/srv/a b.tiff' of 3 µm/px at 1/2", "'.../a b.tiff' of 3 µm/px at 1/2"],
    ['see https://sem.lab.example/samples/a', 'see https://sem.lab.example/samples/a'],
  ])('keep of a path the last part alone: %s', (said, shown) => {
    expect(withoutFolders(said)).toBe(shown);
  });

  it('are the sentences of a message, and nothing that is a name', () => {
    const message = {
      sampleLabel: '/Li/1',
      decision: { reason: 'at /srv/a' },
      failed: [{ reason: '/srv/b' }],
    };
    expect(messageWithoutFolders(message)).toEqual({
      sampleLabel: '/Li/1',
      decision: { reason: 'at .../a' },
      failed: [{ reason: '.../b' }],
    });
  });

  it('are all that the page says of how the daemon does, when it is asked and as it changes', () => {
    const told: unknown[] = [];
    const link = createDaemonLink(
      () => {},
      (status) => told.push(status),
    );
    const [diagnosis] = statusExample.diagnoses;
    const what = 'the share /srv/phenom/export does not answer';
    const status = { ...statusExample, reasons: [what], diagnoses: [{ ...diagnosis, what }] };
    link.hear({ kind: 'status', status });
    expect(link.status()).toMatchObject({
      reasons: ['the share .../export does not answer'],
      diagnoses: [{ what: 'the share .../export does not answer' }],
    });
    expect(told).toEqual([link.status()]);
  });
});
