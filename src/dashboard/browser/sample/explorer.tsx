import { useCallback, useMemo, useState } from 'preact/hooks';
import type { RunDetail } from '../../api/run.ts';
import { runPath } from '../shell/api.ts';
import { Trouble } from '../shell/trouble.tsx';
import { Chart } from './charts/chart.tsx';
import { useExploredRun, useMatching } from './explored-run.ts';
import { Choice } from './particles/choice.tsx';
import { ParticleCard } from './particles/particle-card.tsx';
import { ParticleList } from './particles/particle-list.tsx';
import { shownParticles } from './particles/shown-particles.ts';
import { PictureSection } from './picture/picture-section.tsx';
import type { Chosen } from './use-selection.ts';

interface Props {
  readonly detail: RunDetail;
  readonly chosen: Chosen;
}

/** Picture, charts and particles of a run, all of which show the same choice. */
export function Explorer({ detail, chosen }: Props) {
  const { selection, choose } = chosen;
  const { run, error } = useExploredRun(detail);
  const matching = useMatching(detail, selection.filter);
  const kind = detail.summary?.statistics.diameter ?? 'area';
  const { show, fromUm, toUm } = selection;
  const found = useMemo(
    () => run && shownParticles(run.particles, { show, fromUm, toUm }, matching.numbers, kind),
    [run, show, fromUm, toUm, matching.numbers, kind],
  );
  const tiles = useMemo(() => new Map(detail.tiles.map((tile) => [tile.contentHash, tile])), [detail.tiles]);
  const [gone, setGone] = useState(0);
  const chooseParticle = useCallback(
    (number: number) => {
      choose({ particle: number }, true);
      setGone((count) => count + 1);
    },
    [choose],
  );
  const particle = selection.particle === null ? undefined : run?.byNumber.get(selection.particle);
  return (
    <>
      <section class="card" aria-labelledby="picture-heading">
        <h2 id="picture-heading" tabIndex={-1}>
          The grid
        </h2>
        <Choice
          selection={selection}
          choose={choose}
          found={found}
          total={run?.particles.length ?? 0}
          filterFault={matching.fault}
        />
        <Trouble error={error} />
        <div class={particle ? 'picture-and-card open' : 'picture-and-card'}>
          <PictureSection detail={detail} run={run} found={found} chosen={chosen} gone={gone} />
          {run && particle && (
            <ParticleCard
              entry={detail.entry}
              tiles={tiles}
              run={run}
              particle={particle}
              gone={gone}
              onShow={() => setGone((count) => count + 1)}
              onClose={() => {
                choose({ particle: null }, true);
                goBackToList(particle.number);
              }}
            />
          )}
        </div>
        {run && selection.particle !== null && !particle && (
          <p class="fault" role="status">
            There is no particle {selection.particle} in this revision.
          </p>
        )}
      </section>
      <Charts detail={detail} chosen={chosen} />
      {run && found && (
        <ParticleList
          particles={found.inRange}
          run={run}
          tiles={tiles}
          kind={kind}
          chosen={selection.particle}
          onChoose={chooseParticle}
        />
      )}
    </>
  );
}

function Charts({ detail, chosen: { selection, choose } }: Props) {
  const { sampleId, run, revision } = detail.entry;
  const { fromUm, toUm } = selection;
  const brushing = { fromUm, toUm, onRange: choose };
  if (!detail.summary) return null;
  return (
    <section class="card" aria-labelledby="charts-heading">
      <h2 id="charts-heading">Sizes and shapes</h2>
      <p class="faint">
        As published, of all particles that count. Drag over sizes to see their particles in the picture and
        below; the fields From and To above do the same.
      </p>
      <div class="charts">
        <Chart
          title="Sizes by number and by volume"
          path={runPath(sampleId, run, 'charts', 'size-distribution')}
          revision={revision}
          brushing={brushing}
        />
        <Chart
          title="Shape against size"
          path={runPath(sampleId, run, 'charts', 'size-shape')}
          revision={revision}
          brushing={brushing}
        />
      </div>
    </section>
  );
}

/** The focus is not lost with the card: it returns to where the particle stands in the list, if it does. */
function goBackToList(number: number): void {
  const before = document.querySelector<HTMLElement>(`button[data-particle="${number}"]`);
  (before ?? document.getElementById('picture-heading'))?.focus({ preventScroll: true });
}
