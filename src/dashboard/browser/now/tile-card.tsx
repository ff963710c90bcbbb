import type { RunDetail, TileEntry } from '../../api/run.ts';
import { sampleAddress } from '../shell/api.ts';
import { useThrottledValue } from '../shell/throttled.ts';
import { placeText } from './places.ts';
import { reviewOf, TilePicture } from './tile-picture.tsx';

interface Props {
  readonly detail: RunDetail;
  /** The tile that the reader points at; null shows the latest. */
  readonly lookedAt: TileEntry | null;
}

/** Nobody looks at a large picture for less; of tiles that come faster each is in the grid at once. */
const NEXT_EVERY_MS = 1_500;

/** One tile, large enough to see its particles: the one pointed at, else the latest. */
export function TileCard({ detail, lookedAt }: Props) {
  const latest = detail.tiles.findLast(({ state }) => state === 'segmented') ?? detail.tiles.at(-1);
  const shown = useThrottledValue(latest?.contentHash, NEXT_EVERY_MS);
  const tile = lookedAt ?? detail.tiles.find(({ contentHash }) => contentHash === shown) ?? latest;
  if (tile === undefined) return null;
  const { sampleId, run } = detail.entry;
  const { row, column, reason } = tile;
  const text = row === null || column === null ? tile.name : placeText({ row, column, tile, reason });
  return (
    <section class="card tile-card" aria-labelledby="tile">
      <h2 id="tile">{lookedAt === null ? 'The latest tile' : 'This tile'}</h2>
      <a href={sampleAddress(sampleId, run, tile.contentHash)} aria-label={`${text}. Open it in the sample`}>
        <TilePicture key={tile.contentHash} tile={tile} widthPx={960} review={reviewOf(detail.entry)} />
      </a>
      <p class="faint">{text}</p>
    </section>
  );
}
