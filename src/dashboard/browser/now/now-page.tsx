import { useState } from 'preact/hooks';
import type { RunDetail, TileEntry } from '../../api/run.ts';
import { sampleAddress } from '../shell/api.ts';
import { momentText } from '../shell/figures.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { HealthCard } from './health-card.tsx';
import { useLatestRun } from './latest-run.ts';
import { useLiveRun } from './live-run.ts';
import { Milestones } from './milestones.tsx';
import './now.css';
import { ReimageCard } from './reimage-card.tsx';
import { RunFacts } from './run-facts.tsx';
import { RunGrid } from './run-grid.tsx';
import { SizesCard } from './sizes-card.tsx';
import { TileCard } from './tile-card.tsx';
import { VerdictCard } from './verdict-card.tsx';

/** The run under way as its tiles come; the latest one where none is under way. */
export function NowPage() {
  const latest = useLatestRun();
  const { detail, error, reload } = useLiveRun(latest.entry);
  const { entry } = latest;
  const name = entry && (entry.sampleLabel || entry.sampleId);
  return (
    <div class="now">
      <PageHeading title="Now">{name ?? 'Now'}</PageHeading>
      <Trouble error={latest.error} onRetry={latest.reload} />
      <Trouble error={error} onRetry={reload} />
      {latest.isKnown && entry === null && (
        <p>
          No tile has come yet. The first one in the export folder begins a run, which is shown here as it
          fills.
        </p>
      )}
      {detail !== null && <Run detail={detail} />}
      {detail === null && <HealthCard />}
    </div>
  );
}

function Run({ detail }: { readonly detail: RunDetail }) {
  const [lookedAt, setLookedAt] = useState<TileEntry | null>(null);
  const { entry } = detail;
  const shown = detail.tiles.find(({ contentHash }) => contentHash === lookedAt?.contentHash);
  return (
    <>
      <p class="run-line">
        {stateText(detail)} <a href={sampleAddress(entry.sampleId, entry.run)}>Look at this sample</a>
      </p>
      <Milestones detail={detail} />
      <RunFacts detail={detail} />
      <section class="card" aria-labelledby="grid">
        <h2 id="grid" class="hidden-visually">
          The grid
        </h2>
        <RunGrid detail={detail} onLook={setLookedAt} />
        <GridKey />
      </section>
      <div class="cards">
        <TileCard detail={detail} lookedAt={shown ?? null} />
        <SizesCard detail={detail} />
        <VerdictCard detail={detail} />
        <ReimageCard detail={detail} />
        <HealthCard />
      </div>
    </>
  );
}

function stateText({ entry }: RunDetail): string {
  const begun = `begun ${momentText(entry.startedAt)}`;
  const ends = {
    filling: `Under way now, ${begun}.`,
    complete: `Nothing is under way. The latest run is complete; its last tile came ${momentText(entry.lastTileAt)}.`,
    stalled: `Nothing is under way. The latest run stopped before its grid was full; its last tile came ${momentText(entry.lastTileAt)}.`,
    finalised: `Nothing is under way. The latest run was ended on request; its last tile came ${momentText(entry.lastTileAt)}.`,
  };
  return ends[entry.state];
}

function GridKey() {
  return (
    <p class="grid-key faint">
      <span class="line certain" aria-hidden="true" /> certain{' '}
      <span class="line uncertain" aria-hidden="true" /> uncertain <span aria-hidden="true">…</span> waiting{' '}
      <span aria-hidden="true">✕</span> failed <span aria-hidden="true">–</span> left out{' '}
      <span aria-hidden="true">↻</span> to image again
    </p>
  );
}
