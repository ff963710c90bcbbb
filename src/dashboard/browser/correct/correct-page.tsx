import './correct.css';
import { useRoute } from 'preact-iso';
import type { RunDetail } from '../../api/run.ts';
import { runPath } from '../shell/api.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { useResource } from '../shell/resource.ts';
import { Trouble } from '../shell/trouble.tsx';
import { TileDesk } from './tile-desk.tsx';

/** One tile of a sample, where people say where the model is wrong. */
export function CorrectPage() {
  const { params, query } = useRoute();
  const { sampleId = '', run = '', contentHash = '' } = params;
  const { data: detail, error, reload } = useResource<RunDetail>(runPath(sampleId, run));
  const tile = detail?.tiles.find((each) => each.contentHash === contentHash);
  const first = Number.parseInt(query.piece ?? '', 10);
  return (
    <>
      <PageHeading title="Correct a tile" />
      <Trouble error={error} onRetry={reload} />
      {detail === null && error === null && <p role="status">Reading the tile…</p>}
      {detail && !tile && (
        <p>
          This sample has no such tile, or it counts no more.{' '}
          <a href={`/samples/${encodeURIComponent(sampleId)}/${encodeURIComponent(run)}`}>To the sample</a>
        </p>
      )}
      {detail && tile && (
        <TileDesk
          key={contentHash}
          detail={detail}
          tile={tile}
          firstPiece={Number.isNaN(first) ? null : first}
          onCounted={reload}
        />
      )}
    </>
  );
}
