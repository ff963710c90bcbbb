import { useEffect, useRef, useState } from 'preact/hooks';
import type { ParticleEntry } from '../../../api/particle.ts';
import type { RunEntry, TileEntry } from '../../../api/run.ts';
import { correctAddress } from '../../shell/api.ts';
import { figureText, percentText } from '../../shell/figures.ts';
import type { ExploredRun } from '../explored-run.ts';
import { pieceKey } from '../picture/scene.ts';
import { CropPicture } from './crop-picture.tsx';
import { shapeText } from './shape-text.ts';

interface Props {
  readonly entry: RunEntry;
  readonly tiles: ReadonlyMap<string, TileEntry>;
  readonly run: ExploredRun;
  readonly particle: ParticleEntry;
  /** Counts up when the reader goes to a particle from elsewhere on the page; the card then takes the focus. */
  readonly gone: number;
  readonly onShow: () => void;
  readonly onClose: () => void;
}

/** All that is known of one particle. */
export function ParticleCard({ entry, tiles, run, particle, gone, onShow, onClose }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (gone > 0) heading.current?.focus();
  }, [gone]);
  const { number, pieces, certain, passesFilter, stageUm } = particle;
  const [largest] = pieces;
  const tile = largest && tiles.get(largest.contentHash);
  const piece = largest && run.pieces.get(pieceKey(largest.contentHash, largest.number));
  return (
    <section class="card particle" aria-labelledby="particle-heading" aria-live="polite">
      <h2 ref={heading} id="particle-heading" tabIndex={-1}>
        Particle {number}
      </h2>
      {tile && piece && (
        <CropPicture tile={tile} piece={piece} sidePx={220} alt={`Particle ${number} in its tile`} />
      )}
      <dl class="facts">
        {measures(particle).map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        <div>
          <dt>Model’s word</dt>
          <dd>
            <span class={`mark ${certain ? 'certain' : 'uncertain'}`}>
              {certain ? 'certain' : 'uncertain'}
            </span>
            , {percentText(particle.confidence)}
          </dd>
        </div>
        {stageUm && (
          <div>
            <dt>On the stage</dt>
            <dd>
              x {figureText(stageUm.x, 'µm')}, y {figureText(stageUm.y, 'µm')}
            </dd>
          </div>
        )}
        <div>
          <dt>{pieces.length === 1 ? 'Tile' : `${pieces.length} pieces, in tiles`}</dt>
          <dd>
            {pieces.map(({ contentHash, number: of }) => (
              <span key={`${contentHash} ${of}`} class="piece">
                {tiles.get(contentHash)?.name ?? 'a tile that is gone'}, piece {of}
                {' – '}
                <a href={`${correctAddress(entry.sampleId, entry.run, contentHash)}?piece=${of}`}>
                  correct it
                </a>
              </span>
            ))}
          </dd>
        </div>
      </dl>
      {particle.circularity === null && (
        <p class="faint">No tile shows it whole, so that its shape is not known.</p>
      )}
      {!passesFilter && <p>It does not pass the filter of the statistics, and counts in no figure.</p>}
      <div class="actions">
        <button type="button" onClick={onShow}>
          Show in the picture
        </button>
        <CopyLink />
        <button type="button" class="quiet" onClick={onClose}>
          Close
        </button>
      </div>
    </section>
  );
}

function measures(particle: ParticleEntry): [name: string, text: string][] {
  return [
    ['Equivalent circular diameter', figureText(particle.diameterEquivalentUm, 'µm')],
    ['Feret diameter, least to greatest', feretText(particle)],
    ['Area', figureText(particle.areaUm2, 'µm²')],
    ['Circularity', shapeText(particle.circularity)],
    ['Aspect ratio', shapeText(particle.aspectRatio)],
    ['Solidity', shapeText(particle.solidity)],
  ];
}

function feretText({ diameterFeretMinUm: least, diameterFeretMaxUm: greatest }: ParticleEntry): string {
  return least === null ? shapeText(greatest, 'µm') : `${shapeText(least)} to ${shapeText(greatest, 'µm')}`;
}

const SAID_MS = 3_000;

/** Puts the page's address, which holds all that is chosen, onto the clipboard. */
function CopyLink() {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      setSaid('Link copied');
    } catch {
      // Browsers keep the clipboard from pages without TLS.
      setSaid('Copy it from the address bar');
    }
  };
  return (
    <>
      <button type="button" onClick={copy}>
        Copy link
      </button>
      <span role="status">{said}</span>
    </>
  );
}
