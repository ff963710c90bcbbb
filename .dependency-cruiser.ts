import type { IConfiguration } from 'dependency-cruiser';

/**
 * The rooms in the order of a tile's walk, and after it what looks at the whole; each imports only those before it.
 * CONTRIBUTING.md draws the same list.
 */
export const rooms = [
  ...[
    'config',
    'watcher',
    'grid',
    'measure',
    'inference',
    'statistics',
    'store',
    'publish',
    'report',
    'health',
    'monitoring',
  ],
  ...[
    'simulator',
    'known-answer',
    'segmenter',
    'queue',
    'run',
    'walk',
    'nights',
    'requests',
    'dashboard',
    'evaluation',
    'doctor',
    'commands',
  ],
];

/** No file, clock, network or process: given the same, they give the same. */
const pure = [
  ...['grid', 'measure', 'statistics', 'publish/schema', 'evaluation'],
  ...['inference/looks', 'inference/masks', 'simulator/powder', 'simulator/imaging', 'simulator/style'],
];

const outside =
  '^(node:)?(fs|fs/promises|child_process|worker_threads|net|tls|dgram|http|https|dns|os)$|node_modules/(sharp|onnxruntime-node|mqtt|aedes|nodemailer|pino|chokidar)/';

const hall =
  '^src/(dependent-process|errors|fault-text|grouped-warnings|log-line|logger|module-url|process-priority|units|version)\\.ts$';

const severity = 'error' as const;

export default {
  forbidden: [
    { name: 'no-circle', severity, from: {}, to: { circular: true } },
    ...rooms.slice(0, -1).map((room, index) => ({
      name: `${room}-before-later-rooms`,
      comment: 'A room imports only rooms before it in the walk.',
      severity,
      from: { path: `^src/${room}/` },
      to: { path: `^src/((${rooms.slice(index + 1).join('|')})/|(daemon|cli|index)\\.ts$)` },
    })),
    {
      name: 'hall-before-rooms',
      comment: 'What everybody may use knows no room.',
      severity,
      from: { path: hall },
      to: { path: '^src/', pathNot: hall },
    },
    {
      name: 'daemon-before-commands',
      comment: 'The daemon knows nothing of the command line, nor of what judges it.',
      severity,
      from: { path: '^src/daemon\\.ts$' },
      to: { path: '^src/((evaluation|doctor|commands)/|cli\\.ts$)' },
    },
    {
      name: 'pure',
      comment: 'Pure rooms reach no file, network or process, not by another room either.',
      severity,
      from: { path: `^src/(${pure.join('|')})/` },
      to: { path: outside, reachable: true },
    },
    {
      name: 'onnxruntime-in-one-place',
      comment: 'Its telemetry is turned off before it is loaded, which inference/network.ts sees to.',
      severity,
      from: { path: '^src/', pathNot: '^src/inference/network\\.ts$' },
      to: { path: 'node_modules/onnxruntime-node/' },
    },
    {
      name: 'known-room',
      comment: 'A new room has a place in the order.',
      severity,
      from: { path: '^src/[^/]+/', pathNot: `^src/(${rooms.join('|')})/` },
      to: {},
    },
  ],
  options: {
    // TypeScript 7 has no interface that dependency-cruiser reads.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
} satisfies IConfiguration;
