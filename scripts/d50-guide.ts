import { messageExamples } from '../src/publish/schema/message-examples.ts';

/** What decides of a D50 whether it may be acted on, in the order in which it is asked. */
const questions: readonly (readonly [path: string, answer: string])[] = [
  ['sample.label', 'the sample, as typed at the microscope'],
  ['revision', 'the highest one of a `run` counts; a tile that comes late makes another'],
  [
    'final',
    'act on `true`: no tile is waited for; `state` says whether the grid is whole (`complete`), was ended on request (`finalised`) or fell silent (`stalled`)',
  ],
  [
    'statistics.all.diameterEquivalentUm.d50.value',
    'the D50 by number, in um: half of the particles are smaller. Diameters are those of circles of the same area',
  ],
  ['statistics.all.diameterEquivalentUm.d50.low95', 'the 95 % interval, from'],
  ['statistics.all.diameterEquivalentUm.d50.high95', 'to; both `null` where the tiles are too few to say'],
  [
    'statistics.all.diameterByVolumeUm.d50.value',
    'the D50 by volume, which laser diffraction gives: a few large particles decide it',
  ],
  [
    'statistics.diameter',
    'which diameter that is; where it is `feretMax` or `feretMin`, `diameterFeretMaxUm` or `diameterFeretMinUm` takes the place of `diameterEquivalentUm`',
  ],
  ['statistics.all.count', 'particles in it; with 0 of them `diameterEquivalentUm` is `null`'],
  [
    'statistics.warnings',
    'what a reader of the figures must know, each a `code` and a `message`; empty when nothing',
  ],
  ['sufficiency.sufficient', 'known as closely as `expect` or the configuration asks'],
  ['decision', 'accept, reject, more-tiles or reimage, where a target is set; else `null`'],
];

/** The first page: the shortest way to one number. @throws Error where a field that it names is gone */
export function d50Guide(): string {
  const rows = questions.map(([path, answer]) => `| \`${requireField(path)}\` | ${answer} |`);
  return `## If you want just D50

Subscribe to the summaries. They are retained: whoever comes later gets the last one of each run at once.

\`\`\`sh
mosquitto_sub -q 1 -t 'particled/+/sample/+/run/+/summary' |
  jq -c 'select(.final) | {sample: .sample.label, run, revision, d50Um: .statistics.all.diameterEquivalentUm.d50, warnings: .statistics.warnings}'
\`\`\`

| Field | What it tells |
| --- | --- |
${rows.join('\n')}

To be told as soon as it is known closely enough, and to end the scan then, ask with [expect](#expect) and [finalise](#finalise);
[examples](../examples/README.md) do both in Python and TypeScript. What each figure means is in [measurement.md](measurement.md).`;
}

function requireField(path: string): string {
  let part: unknown = messageExamples.summary;
  for (const key of path.split('.')) {
    if (typeof part !== 'object' || part === null || !(key in part)) {
      throw new Error(`scripts/d50-guide.ts names ${path}, which a summary does not have`);
    }
    part = Object.entries(part).find(([name]) => name === key)?.[1];
  }
  return path;
}
