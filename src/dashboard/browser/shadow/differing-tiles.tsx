import { useSignal } from '@preact/signals';
import type { RunShadow } from '../../api/shadow.ts';
import { sampleAddress } from '../shell/api.ts';
import { countText } from '../shell/figures.ts';
import { ComparedPicture } from './compared-picture.tsx';

const SHOWN_AT_ONCE = 6;

interface Props {
  readonly sampleId: string;
  readonly run: string;
  readonly tiles: RunShadow['tiles'];
  readonly shadowName: string;
}

/** The run's tiles on which the models differ most, as pictures with the outlines of both. */
export function DifferingTiles({ sampleId, run, tiles, shadowName }: Props) {
  const shown = useSignal(SHOWN_AT_ONCE);
  const differing = tiles.filter(({ onlyServing, onlyShadow }) => onlyServing + onlyShadow > 0);
  if (tiles.length === 0) return <p class="faint">No tile of this sample is segmented by both yet.</p>;
  if (differing.length === 0) return <p>Both models found the same pieces in each tile that is compared.</p>;
  return (
    <>
      <ul class="shadow-legend">
        <li>
          <Sample kind="serving" /> the serving model
        </li>
        <li>
          <Sample kind="shadow" /> the shadow, {shadowName}
        </li>
        <li>
          <Sample kind="serving alone" /> <Sample kind="shadow alone" /> filled: that one alone found it
        </li>
      </ul>
      <ul class="shadow-tiles">
        {differing.slice(0, shown.value).map((tile) => (
          <li key={tile.contentHash}>
            <ComparedPicture contentHash={tile.contentHash} widthPx={960} text={tileText(tile)} />
            <p>
              <a href={sampleAddress(sampleId, run, tile.contentHash)}>{tile.name}</a>
              <small>{tileText(tile)}</small>
            </p>
          </li>
        ))}
      </ul>
      {differing.length > shown.value && (
        <button
          type="button"
          onClick={() => {
            shown.value += SHOWN_AT_ONCE;
          }}
        >
          Show more ({countText(differing.length - shown.value)} left)
        </button>
      )}
    </>
  );
}

function tileText({ matched, onlyServing, onlyShadow, leftOut }: RunShadow['tiles'][number]): string {
  const words = `${matched} in both, ${onlyServing} only in the serving model, ${onlyShadow} only in the shadow`;
  return leftOut ? `${words}; left out of the figures for its imaging` : words;
}

function Sample({ kind }: { readonly kind: string }) {
  return (
    <svg class="compared-picture sample" viewBox="0 0 28 16" aria-hidden="true">
      <path class={kind} d="M2 2h24v12h-24Z" />
    </svg>
  );
}
