import type { z } from 'zod';
import { sentence } from '../../../report/sample/verdict-text.ts';
import type { setAsideSchema } from '../../api/set-aside.ts';
import { counted, countText } from '../shell/figures.ts';
import type { Resource } from '../shell/resource.ts';
import { Trouble } from '../shell/trouble.tsx';

export type SetAsideFiles = z.infer<typeof setAsideSchema>;

/** Files that could not be used, by cause, with what to do. */
export function SetAside({ data, error, reload }: Resource<SetAsideFiles>) {
  return (
    <section class="card set-aside" aria-labelledby="set-aside">
      <h2 id="set-aside" tabIndex={-1}>
        Files set aside
      </h2>
      <Trouble error={error} onRetry={reload} />
      {data?.groups.length === 0 && <p class="faint">None: every file that came could be used.</p>}
      {data?.groups.map(({ code, count, first }) => (
        <details key={code}>
          <summary>
            <strong>{sentence(code.replaceAll('-', ' ')).replace(/\.$/, '')}</strong> {counted(count, 'file')}
          </summary>
          <ul>
            {first.map(({ name, reason, mayRecover }) => (
              <li key={name}>
                <code>{name}</code>: {sentence(reason)}
                {mayRecover && <small>It may become usable by itself.</small>}
              </li>
            ))}
          </ul>
          {count > first.length && (
            <p class="faint">and {countText(count - first.length)} others of this cause</p>
          )}
        </details>
      ))}
    </section>
  );
}
