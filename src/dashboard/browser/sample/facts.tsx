import { acquisitionLine } from '../../../report/sample/acquisition-text.ts';
import {
  decisionText,
  endedText,
  sufficiencyText,
  trustText,
  uncertainText,
  uniformityText,
} from '../../../report/sample/verdict-text.ts';
import { volumeNote, warningTexts } from '../../../report/sample/warning-text.ts';
import { sizesOf } from '../../../statistics/published-sizes.ts';
import type { Estimate } from '../../../statistics/size-statistics.ts';
import type { RunDetail } from '../../api/run.ts';
import { countText, figureText, intervalText, percentText, verdictText } from '../shell/figures.ts';

type Summary = NonNullable<RunDetail['summary']>;

/** What the sample is in short: verdict and figures first, as they are read first. */
export function Facts({ detail }: { readonly detail: RunDetail }) {
  const { summary } = detail;
  if (!summary) return <p class="card">This run has no figures yet; they come with its first tiles.</p>;
  const warnings = warningTexts(summary);
  const volume = volumeNote(summary);
  return (
    <>
      <section class="card verdict" aria-labelledby="verdict-heading">
        <h2 id="verdict-heading">
          <span class={`badge ${summary.decision?.verdict ?? ''}`}>
            {verdictText(summary.decision?.verdict ?? null)}
          </span>
        </h2>
        <p>{trustText(summary)}</p>
        {[decisionText, sufficiencyText, uncertainText, endedText].map(
          (text) => text(summary) && <p key={text.name}>{text(summary)}</p>,
        )}
        <Figures summary={summary} />
      </section>
      {warnings.length > 0 && (
        <section class="card warnings" aria-labelledby="warnings-heading">
          <h2 id="warnings-heading">What to know of these figures</h2>
          <ul>
            {warnings.map((text) => (
              <li key={text}>{text}</li>
            ))}
            {volume && <li>{volume}</li>}
          </ul>
        </section>
      )}
    </>
  );
}

function Figures({ summary }: { readonly summary: Summary }) {
  const { all, uncertain } = summary.statistics;
  const sizes = sizesOf(all);
  if (!sizes) return null;
  const byVolume = all.diameterByVolumeUm;
  const figures: [string, Estimate][] = [
    ['D10 by number', sizes.d10],
    ['D50 by number', sizes.d50],
    ['D90 by number', sizes.d90],
    ...(byVolume ? ([['D50 by volume', byVolume.d50]] as [string, Estimate][]) : []),
  ];
  return (
    <dl class="keys">
      {figures.map(([name, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {figureText(figure.value, 'µm')}
            <small>{intervalText(figure) ?? 'no interval'}</small>
          </dd>
        </div>
      ))}
      <div>
        <dt>Particles</dt>
        <dd>
          {countText(all.count)}
          <small>{all.count === 0 ? '' : `${percentText(uncertain.count / all.count)} uncertain`}</small>
        </dd>
      </div>
    </dl>
  );
}

/** How it was imaged, by whom it was asked for, what it rests on. */
export function Background({ detail }: { readonly detail: RunDetail }) {
  const { summary, entry } = detail;
  if (!summary) return null;
  const { provenance, operator, note } = summary;
  const facts: [string, string | null][] = [
    ['Imaging', acquisitionLine(summary)],
    ['Over the grid', uniformityText(summary)],
    ['In charge', operator],
    ['Note', note],
    ['Models', provenance.models.map(({ name }) => name).join(', ')],
    ['Reviewed by', entry.reviewedBy.join(', ')],
    ['Revision', `${entry.revision}${entry.final ? ', final' : ', more may come'}`],
  ];
  return (
    <section class="card background" aria-labelledby="background-heading">
      <h2 id="background-heading">How it was measured</h2>
      <dl class="facts">
        {facts.map(
          ([name, text]) =>
            text && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}
