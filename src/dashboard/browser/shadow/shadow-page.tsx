import { useLocation } from 'preact-iso';
import type { ShadowOverview } from '../../api/shadow.ts';
import { figureWords } from '../../shadow/figure-words.ts';
import { momentText, percentText } from '../shell/figures.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { useResource } from '../shell/resource.ts';
import { Trouble } from '../shell/trouble.tsx';
import { FigureTable } from './figure-table.tsx';
import { RunShadowSection } from './run-shadow-section.tsx';
import './shadow.css';

/** A model on probation: where it differs from the serving one, how figures would move, how to switch. */
export function ShadowPage() {
  const { query } = useLocation();
  const { data, error, reload } = useResource<ShadowOverview>('shadow');
  const runs = data?.runs ?? [];
  const chosen = runs.find(({ sampleId, run }) => sampleId === query.sample && run === query.run) ?? runs[0];
  return (
    <>
      <PageHeading title="Shadow model" />
      <Trouble error={error} onRetry={reload} />
      {data && (
        <>
          <p>{introduction(data)}</p>
          {data.comparison && (
            <section class="card" aria-labelledby="moved">
              <h2 id="moved">How figures would move, over all samples that are compared</h2>
              <FigureTable comparison={data.comparison} of="all samples" />
            </section>
          )}
          <section class="card" aria-labelledby="advice">
            <h2 id="advice">{data.model ? 'Before you switch' : 'To try a model'}</h2>
            <p>{data.advice.text}</p>
            {data.advice.commands.length > 0 && (
              <ol class="commands">
                {data.advice.commands.map((command) => (
                  <li key={command}>
                    <code>{command}</code>
                  </li>
                ))}
              </ol>
            )}
          </section>
          {runs.length > 0 && <Runs runs={runs} chosen={chosen} />}
          {chosen && (
            <RunShadowSection
              key={`${chosen.sampleId} ${chosen.run}`}
              sampleId={chosen.sampleId}
              run={chosen.run}
              label={chosen.sampleLabel || chosen.sampleId}
            />
          )}
        </>
      )}
    </>
  );
}

function introduction({ configured, model }: ShadowOverview): string {
  if (configured === null) {
    return model === null
      ? 'A shadow model segments a share of the tiles beside the serving one, so that a switch is made with open eyes.'
      : `No shadow model is configured now; this is what ${model.name} found while it was.`;
  }
  const share = `${configured.model} segments ${percentText(configured.share)} of the tiles too, while no tile waits. It counts in no figure of a sample.`;
  return model === null || model.name === configured.model
    ? share
    : `${share} What follows is of ${model.name}, the shadow before it.`;
}

interface RunsProps {
  readonly runs: ShadowOverview['runs'];
  readonly chosen: ShadowOverview['runs'][number] | undefined;
}

/** The samples that are compared; each leads to where the models differ in it. */
function Runs({ runs, chosen }: RunsProps) {
  return (
    <section class="card" aria-labelledby="shadow-runs">
      <h2 id="shadow-runs">Sample by sample</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <section class="wide" tabIndex={0} aria-label="Samples that are compared">
        <table>
          <thead>
            <tr>
              <th scope="col">Sample</th>
              <th scope="col">Tiles</th>
              <th scope="col">Only serving</th>
              <th scope="col">Only shadow</th>
              <th scope="col">D50</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((one) => (
              <tr key={`${one.sampleId} ${one.run}`}>
                <th scope="row">
                  <a href={addressOf(one)} aria-current={one === chosen ? 'true' : undefined}>
                    {one.sampleLabel || one.sampleId}
                  </a>
                  <small>{momentText(one.lastTileAt)}</small>
                </th>
                <td>{one.comparison.tiles.compared}</td>
                <td>{one.comparison.pieces.onlyServing}</td>
                <td>{one.comparison.pieces.onlyShadow}</td>
                <td>
                  <MovedD50 run={one} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function MovedD50({ run }: { readonly run: ShadowOverview['runs'][number] }) {
  const d50 = run.comparison.figures.find(({ figure }) => figure === 'diameterD50Um');
  if (!d50) return null;
  const { difference, interval, moves } = figureWords(d50);
  return (
    <>
      {difference} {interval && <small>{interval}</small>} {moves && <small>would move</small>}
    </>
  );
}

function addressOf({ sampleId, run }: ShadowOverview['runs'][number]): string {
  return `/shadow?sample=${encodeURIComponent(sampleId)}&run=${encodeURIComponent(run)}`;
}
