import { describe, expect, it } from 'vitest';
import { idOf, jobOf } from '../../src/queue/tile-job.ts';
import type { SegmentTask } from '../../src/segmenter/port.ts';
import { jobExample } from './examples.ts';
import { DAEMON } from './parts.ts';

const asker = {
  ...{ daemon: DAEMON, polarity: 'bright' as const, sharedFolder: null },
  models: new Map([['low', jobExample.model]]),
};

const task: SegmentTask = {
  ...{ path: '/srv/export/a/r0_c0.tiff', contentHash: 'a'.repeat(64), within: '/srv/export' },
  ...{ databarHeightPx: 0, pixelSizeNm: 250, stagePositionUm: { x: 0, y: 1 }, scanRotationRad: 0 },
  ...{ model: 'low', thresholds: jobExample.thresholds, overlayPath: '/o.png', overlayKind: 'outlines' },
};

describe('the job of a tile', () => {
  it('says what the segmenter needs, and no folder of this computer', () => {
    expect(jobOf(task, asker)).toEqual(jobExample);
    expect(JSON.stringify(jobOf(task, asker))).not.toContain('/srv');
  });

  it('names a tile below the shared folder, and sends one beside it', () => {
    const imageOf = (sharedFolder: string) => jobOf(task, { ...asker, sharedFolder }).image;
    expect(imageOf('/srv/export')).toEqual({ kind: 'shared', path: 'a/r0_c0.tiff' });
    expect(imageOf('/srv')).toEqual({ kind: 'shared', path: 'export/a/r0_c0.tiff' });
    expect(imageOf('/srv/export/b')).toEqual({ kind: 'bytes' });
  });

  it('is the same job whenever it is asked for in the same way, and another where anything differs', () => {
    const idWith = (changes: Partial<SegmentTask>) => idOf(jobOf({ ...task, ...changes }, asker));
    const id = idWith({});
    expect(id).toMatch(/^tile-d{32}-[0-9a-f]{64}$/);
    expect(idWith({ path: '/elsewhere/r0_c0.tiff' })).toBe(id);
    const others = [
      idWith({ contentHash: 'b'.repeat(64) }),
      idWith({ pixelSizeNm: 251 }),
      idWith({ thresholds: { ...task.thresholds, overlap: 0.6 } }),
      idWith({ overlayPath: null }),
      idOf(jobOf(task, { ...asker, daemon: 'e'.repeat(32) })),
      idOf(jobOf(task, { ...asker, polarity: 'dark' })),
    ];
    expect(new Set([id, ...others]).size).toBe(7);
    const shared = jobOf(task, { ...asker, sharedFolder: '/srv' });
    expect(idOf(shared)).toBe(id);
  });
});
