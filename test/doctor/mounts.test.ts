import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isNetwork, mountOf } from '../../src/doctor/mounts.ts';

const MOUNTINFO = [
  '22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw',
  '30 22 0:25 / /mnt rw - tmpfs none rw',
  '31 30 0:40 / /mnt/phenom\\040export rw,relatime shared:7 master:2 - cifs //phenom/export\\040now rw,vers=3.0',
  '32 30 0:41 / /mnt/data rw - ext4 /dev/vdb rw',
  '33 32 0:42 / /mnt/data rw - nfs4 server:/data rw',
].join('\n');

describe('the mount of a path', () => {
  it.each([
    ['/srv/export', { mountPoint: '/', type: 'ext4', source: '/dev/vda' }],
    ['/mnt', { mountPoint: '/mnt', type: 'tmpfs', source: 'none' }],
    // A name that only begins alike lies beside it.
    ['/mnt/database', { mountPoint: '/mnt', type: 'tmpfs', source: 'none' }],
    // What is mounted last on the same point hides what was there.
    ['/mnt/data/a', { mountPoint: '/mnt/data', type: 'nfs4', source: 'server:/data' }],
    [
      '/mnt/phenom export/a',
      { mountPoint: '/mnt/phenom export', type: 'cifs', source: '//phenom/export now' },
    ],
  ])('is the nearest above %s, and there the last', (path, mount) => {
    expect(mountOf(path, MOUNTINFO)).toEqual(mount);
  });

  it('is found on this computer', () => {
    expect(mountOf('/proc/self', readFileSync('/proc/self/mountinfo', 'utf8'))).toMatchObject({
      type: 'proc',
    });
  });

  it.each([
    ...(['nfs', 'nfs4', 'cifs', 'smb3', '9p', 'fuse.sshfs', 'virtiofs'] as const).map(
      (type) => [type, true] as const,
    ),
    ...(['ext4', 'xfs', 'btrfs', 'overlay', 'tmpfs', 'fuseblk', 'zfs'] as const).map(
      (type) => [type, false] as const,
    ),
  ])('of type %s is a share: %s', (type, network) => {
    expect(isNetwork({ type, mountPoint: '/', source: 'x' })).toBe(network);
  });
});
