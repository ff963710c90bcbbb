import { useEffect, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { sentence } from '../../../report/sample/verdict-text.ts';
import { momentText } from '../shell/figures.ts';
import { status } from '../shell/live.ts';
import { healthParts } from './health-parts.ts';

/** Whether all is at work: instrument, queue, broker, disk; and what is not, with what to do. */
export function HealthCard() {
  const now = status.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const { url } = useLocation();
  useEffect(() => {
    if (!url.endsWith('#health')) return;
    heading.current?.scrollIntoView({ block: 'start' });
    heading.current?.focus();
  }, [url]);
  return (
    <section class="card health-card" aria-labelledby="health">
      <h2 id="health" ref={heading} tabIndex={-1}>
        Is it running?
      </h2>
      {now === null ? (
        <p class="faint">The daemon has not said yet.</p>
      ) : (
        <>
          <dl class="parts">
            {healthParts(now).map(({ name, text, isWell }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd class={isWell ? 'well' : 'ill'}>
                  <span aria-hidden="true">{isWell ? '●' : '▲'}</span> {text}
                </dd>
              </div>
            ))}
          </dl>
          {now.state === 'offline' && <p>The daemon has stopped, or cannot be reached.</p>}
          {now.diagnoses.length > 0 && (
            <ul class="diagnoses">
              {now.diagnoses.map(({ code, what, limit, advice, since }) => (
                <li key={`${code} ${what}`}>
                  <strong>{sentence(what)}</strong> {sentence(advice)}{' '}
                  <small>
                    since {momentText(since)}
                    {limit === null ? '' : `; limit: ${limit}`}
                  </small>
                </li>
              ))}
            </ul>
          )}
          <p class="faint">particled {now.softwareVersion}</p>
        </>
      )}
    </section>
  );
}
