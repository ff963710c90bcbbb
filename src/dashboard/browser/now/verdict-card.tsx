import {
  decisionText,
  decisionTitle,
  endedText,
  sentence,
  sufficiencyText,
} from '../../../report/sample/verdict-text.ts';
import type { RunDetail } from '../../api/run.ts';

/** Whether there is enough, and what the sample is judged to be. */
export function VerdictCard({ detail }: { readonly detail: RunDetail }) {
  const { summary } = detail;
  if (summary === null) {
    return (
      <section class="card" aria-labelledby="verdict">
        <h2 id="verdict">Do I have enough?</h2>
        <p class="faint">That can be told once the first tiles are measured.</p>
      </section>
    );
  }
  const title = decisionTitle(summary);
  const texts = [decisionText(summary), sufficiencyText(summary), endedText(summary)].filter(
    (text) => text !== null,
  );
  const warnings = summary.statistics.warnings.map(({ message }) => sentence(message));
  return (
    <section class="card" aria-labelledby="verdict">
      <h2 id="verdict">Do I have enough?</h2>
      {title !== null && <p class={`badge ${summary.decision?.verdict ?? ''}`}>{title}</p>}
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {warnings.length > 0 && (
        <ul class="warnings">
          {warnings.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
