import { type FaultLine, line } from './fault-line.ts';

export const files: readonly FaultLine[] = [
  line(
    1,
    'a file of full size whose bytes have not arrived is waited for',
    [
      'watcher/image/read-image-header.test.ts',
      'may become one while it starts with zeros, as Samba allocates it',
    ],
    ['watcher/image/pixels.test.ts', 'are zeros where compressed pixels should be'],
  ),
  line(
    2,
    'a writer that goes on after a long pause makes a new revision of its tile',
    ['watcher/watch-folder.test.ts', 'is announced again when its writer goes on after a long pause'],
    [
      'walk/pipeline.test.ts',
      'counts a place imaged again on request by its new pixels alone, in a new revision',
    ],
  ),
  line(3, 'a file that is half written at the start is taken once it is whole', [
    'faults/unusable-files.test.ts',
    'are each set aside with code, reason and advice',
  ]),
  line(
    4,
    'a file is made, deleted and made again',
    ['watcher/watch-folder.test.ts', 'is announced again when it is deleted and written anew'],
    ['watcher/watch-folder.test.ts', 'is never announced when it is deleted before it settles'],
  ),
  line(5, 'what no event tells of is found by listing', [
    'watcher/watch-folder.test.ts',
    'announces by scans alone where there are no events',
  ]),
  line(6, 'a file announced twice counts once', [
    'walk/pipeline.test.ts',
    'does not change by a copy of a tile under another name, nor by a file announced twice',
  ]),
  line(
    7,
    'a file is renamed over another',
    ['watcher/watch-folder.test.ts', 'is announced again when another is renamed over it'],
    ['faults/changing-files.test.ts', 'makes a new revision that supersedes'],
  ),
  line(8, 'no file watches or descriptors are left: the folder is listed, said once', [
    'watcher/exhausted-watches.test.ts',
    'is scanned instead, said once',
  ]),
  line(9, 'the share goes and comes back, and nothing is imported again', [
    'watcher/watch-folder.test.ts',
    'is missed once and taken up again',
  ]),
  line(
    10,
    'files that may not be read are told together, the others go on, and those follow once they can be read',
    ['faults/stumbling-share.test.ts', 'are told on one line, and the others go on'],
    ['faults/stumbling-share.test.ts', 'counts once it can, without a restart'],
    ['grouped-warnings.test.ts', 'tells of a cause that goes on for a day less and less often'],
  ),
  line(
    11,
    'a file is known by its content, whatever its inode and name',
    [
      'watcher/watch-folder.test.ts',
      'is no news when its whole folder is gone for a while and comes back unchanged',
    ],
    [
      'store/tiles.test.ts',
      'counts the same content once, however often and under whatever name it is announced',
    ],
    [
      'walk/pipeline.test.ts',
      'does not change by files that have other inodes and times and the same content',
    ],
  ),
  line(
    12,
    'events that no longer come, and a watcher that died, are noticed and made up for',
    ['faults/stumbling-share.test.ts', 'is told by the health once files appear unheard, and costs none'],
    ['faults/stumbling-share.test.ts', 'is replaced when it ends or is frozen, and no file is missed'],
  ),
];

export const images: readonly FaultLine[] = [
  line(
    13,
    'a picture that is cut off may recover, and is set aside with the reason',
    ['faults/unusable-files.test.ts', 'are each set aside with code, reason and advice'],
    ['watcher/image/png-header.test.ts', 'is truncated at every length short of the whole'],
    ['watcher/image/tiff-header.test.ts', 'is truncated at every length short of the whole'],
  ),
  line(14, 'a header that declares a giant picture is refused before memory is taken', [
    'faults/decoding-memory.test.ts',
    'over it is refused before it is decoded, with its size and the limit',
  ]),
  line(
    15,
    'circular and huge directories take bounded memory and time',
    ['watcher/image/tiff-header.test.ts', 'refuses a circle of'],
    ['watcher/image/tiff-header.test.ts', 'stops counting pages at 64'],
    ['fuzz/kept-inputs.test.ts', 'is taken or refused in its own words, within a second and 200 MB'],
  ),
  line(16, 'a picture of one value is unusable', [
    'watcher/image/pixels.test.ts',
    'are flat, with the value named',
  ]),
  line(17, '16 bits are scaled to 8 linearly', [
    'watcher/image/pixels.test.ts',
    'are the 16-bit values over 257, rounded, with no gamma',
  ]),
  line(18, 'unknown tags are accepted', [
    'watcher/image/pixels.test.ts',
    'are accepted with a harmless unknown tag',
  ]),
  line(19, 'new pixels at an old path are read afresh', [
    'watcher/image/pixels.test.ts',
    'are read afresh when the same path has new ones',
  ]),
  line(
    20,
    'LZW is read; colour, several pages and inverted duplicates are set aside',
    ['watcher/image/pixels.test.ts', 'are the same compressed by LZW'],
    ['watcher/image/pixels.test.ts', 'are in colour'],
    ['watcher/image/read-image-header.test.ts', 'is refused as'],
    ['watcher/path-filter.test.ts', 'does not accept'],
  ),
  line(21, 'the data bar is never segmented', ['watcher/image/pixels.test.ts', 'leave out the data bar']),
];

export const metadata: readonly FaultLine[] = [
  line(
    22,
    'without FeiImage there is no scale, and none is guessed',
    ['watcher/metadata/fei-image.test.ts', 'is refused as missing where there is none, with what to do'],
    ['faults/unusable-files.test.ts', 'are each set aside with code, reason and advice'],
  ),
  line(
    23,
    'DOCTYPE, bombs of entities and deep nesting are refused at once',
    ['watcher/hostile-metadata.test.ts', 'is refused at once for a DOCTYPE'],
    ['watcher/hostile-metadata.test.ts', 'is refused for nesting beyond 32 levels'],
  ),
  line(24, 'bad character references are refused by name', [
    'watcher/metadata/fei-image.test.ts',
    'is refused with the invalid reference',
  ]),
  line(25, 'reserved names reach into no object', [
    'watcher/hostile-metadata.test.ts',
    'does no harm with keys that JavaScript reserves',
  ]),
  line(
    26,
    'other units are converted, impossible sizes refused',
    ['watcher/metadata/fei-image.test.ts', 'is 40 nm written as'],
    ['watcher/metadata/fei-image.test.ts', 'is read as any number is written'],
    [
      'watcher/metadata/fei-image.test.ts',
      'may differ by 0.5 % between width and height, whose geometric mean it is, and no more',
    ],
  ),
  line(
    27,
    'missing, double, displaced, mixed, turned and restarted grids are partial or apart, never mixed',
    [
      'faults/changing-files.test.ts',
      'are separate runs: two labels interleaved, and one label at two magnifications',
    ],
    ['grid/lattice.test.ts', 'measures the rotation of a turned grid'],
    ['grid/lattice.test.ts', 'counts a place that was imaged again, a micrometre off, once'],
    [
      'walk/pipeline.test.ts',
      'takes the newer image of a place while it fills, and begins anew once it has ended',
    ],
    ['walk/pipeline.test.ts', 'that has fallen silent ends as stalled, and says what is missing'],
  ),
  line(
    28,
    'a label of any kind is safe in topics, paths, pages and mails',
    ['publish/nasty-topics.test.ts', 'a label of any kind is one level of a topic'],
    ['report/html.test.ts', 'gives any text back unharmed to whoever parses it'],
    ['report/night/mail-headers.test.ts', 'no label of a sample breaks a header of the mail or adds one'],
  ),
];
