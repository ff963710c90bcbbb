import type { RunShadow } from '../../api/shadow.ts';
import { runPath } from '../shell/api.ts';
import { useResource } from '../shell/resource.ts';
import { Trouble } from '../shell/trouble.tsx';
import { DifferingTiles } from './differing-tiles.tsx';
import { FigureTable } from './figure-table.tsx';
import './shadow.css';

interface Props {
  readonly sampleId: string;
  readonly run: string;
  /** Of the sample, for the heading. */
  readonly label: string;
}

/** How the shadow model compares in one run; nothing where it has segmented none of its tiles. */
export function RunShadowSection({ sampleId, run, label }: Props) {
  const { data, error, reload } = useResource<RunShadow>(runPath(sampleId, run, 'shadow'));
  if (error !== null) return <Trouble error={error} onRetry={reload} />;
  if (!data?.model || !data.comparison) return null;
  const { model, comparison, tiles } = data;
  const { compared, leftOut, waiting, failed } = comparison.tiles;
  if (compared + leftOut + waiting + failed === 0) return null;
  return (
    <section class="card" aria-labelledby="run-shadow">
      <h2 id="run-shadow">
        {label}: {model.name} beside the serving model
      </h2>
      <FigureTable comparison={comparison} of={label} />
      <h3>Where they differ</h3>
      <DifferingTiles sampleId={sampleId} run={run} tiles={tiles} shadowName={model.name} />
    </section>
  );
}
