import type { RunDetail } from '../../api/run.ts';
import { sampleAddress } from '../shell/api.ts';
import { counted } from '../shell/figures.ts';
import { type AskedPlace, placesToReimage } from './places-to-reimage.ts';

const SHOWN_AT_FIRST = 6;

/** The places that ought to be imaged again, and why. */
export function ReimageCard({ detail }: { readonly detail: RunDetail }) {
  const places = placesToReimage(detail);
  const [first, more] = [places.slice(0, SHOWN_AT_FIRST), places.slice(SHOWN_AT_FIRST)];
  return (
    <section class="card" aria-labelledby="reimage">
      <h2 id="reimage">
        {places.length === 0 ? 'Nothing to image again' : `${counted(places.length, 'place')} to image again`}
      </h2>
      {places.length === 0 ? (
        <p class="faint">Every tile that has come is good enough.</p>
      ) : (
        <Places places={first} detail={detail} />
      )}
      {more.length > 0 && (
        <details>
          <summary>{counted(more.length, 'more place')}</summary>
          <Places places={more} detail={detail} />
        </details>
      )}
    </section>
  );
}

function Places({ places, detail }: { readonly places: readonly AskedPlace[]; readonly detail: RunDetail }) {
  const { sampleId, run } = detail.entry;
  return (
    <ul class="asked-places">
      {places.map(({ key, where, why, contentHash, stage }) => (
        <li key={key}>
          {contentHash === null ? (
            <strong>{where}</strong>
          ) : (
            <a href={sampleAddress(sampleId, run, contentHash)}>{where}</a>
          )}
          : {why}
          {stage !== null && <small> Stage {stage}</small>}
        </li>
      ))}
    </ul>
  );
}
