import { useSignal } from '@preact/signals';
import type { ReviewReply } from '../../api/correction.ts';
import type { RunDetail } from '../../api/run.ts';
import { ApiError, runPath, sendJson } from '../shell/api.ts';
import { counted, countText, estimateText } from '../shell/figures.ts';
import { useLive } from '../shell/live.ts';
import { publishedDiameter } from './published-figures.ts';
import { reviewer } from './reviewer.ts';
import { listText } from './words.ts';

interface Props {
  readonly detail: RunDetail;
  readonly onCounted: () => void;
}

/** Has the sample counted with its corrections, and holds its figures against those without them. */
export function CountAgain({ detail, onCounted }: Props) {
  const { sampleId, run, revision } = detail.entry;
  const isAsking = useSignal(false);
  /** The revision after which the new one is awaited. */
  const awaited = useSignal<number | null>(null);
  const said = useSignal('');
  const fault = useSignal('');
  useLive((event) => {
    if (event.type !== 'summary' || event.sampleId !== sampleId || event.run !== run) return;
    if (awaited.value !== null && event.revision > awaited.value) {
      awaited.value = null;
      said.value = `Counted: revision ${event.revision}`;
    }
    onCounted();
  });
  const ask = async () => {
    if (reviewer.value === '') {
      fault.value = 'Say who you are first: a review stands under a name';
      return;
    }
    isAsking.value = true;
    fault.value = '';
    try {
      const body = { reviewer: reviewer.value };
      const { corrections, tiles, unchanged } = await sendJson<ReviewReply>(
        'POST',
        runPath(sampleId, run, 'review'),
        body,
      );
      const what = `${counted(corrections, 'correction')} on ${counted(tiles, 'tile')}`;
      awaited.value = unchanged ? null : revision;
      said.value = unchanged ? `${what}: all count already` : `${what}: the next revision is being made`;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      fault.value = error.message;
    }
    isAsking.value = false;
  };
  return (
    <section class="card" aria-labelledby="count-again">
      <h2 id="count-again">The sample with its corrections</h2>
      <p>
        <button type="button" class="main" disabled={isAsking.value} onClick={ask}>
          Count this sample with its corrections
        </button>
      </p>
      <p role="status">{said.value}</p>
      <p class="fault" role="alert">
        {fault.value}
      </p>
      <BothFigures detail={detail} />
    </section>
  );
}

/** The figures of the latest revision beside those that the models alone give. */
function BothFigures({ detail: { summary } }: { readonly detail: RunDetail }) {
  const review = summary?.statistics.review;
  if (!summary || !review) return <p class="faint">No correction counts in the latest revision.</p>;
  const { all, uncertain } = summary.statistics;
  const { unreviewed, corrections, tiles } = review;
  const published = publishedDiameter(summary.statistics);
  const rows = [
    ['Particles', countText(all.count), countText(unreviewed.count)],
    ['of them uncertain', countText(uncertain.count), countText(unreviewed.uncertainCount)],
    ...(['d10', 'd50', 'd90'] as const).map((name) => [
      name.toUpperCase(),
      published ? estimateText(published[name], 'µm') : 'none',
      unreviewed.diameterUm ? estimateText(unreviewed.diameterUm[name], 'µm') : 'none',
    ]),
  ];
  return (
    <>
      <p>
        Revision {summary.revision} counts {counted(corrections, 'correction')} on {counted(tiles, 'tile')},
        made by {listText(summary.provenance.reviewedBy ?? [])}.
      </p>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">With corrections</th>
            <th scope="col">As the model found them</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, corrected, found]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{corrected}</td>
              <td>{found}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
