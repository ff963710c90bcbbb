import { useEffect, useMemo, useState } from 'preact/hooks';
import { diameterNames } from '../../../../report/diameter-names.ts';
import type { DiameterKind } from '../../../../statistics/published-diameter.ts';
import type { ParticleEntry } from '../../../api/particle.ts';
import type { TileEntry } from '../../../api/run.ts';
import { countText, figureText, percentText } from '../../shell/figures.ts';
import type { ExploredRun } from '../explored-run.ts';
import { pieceKey } from '../picture/scene.ts';
import { CropPicture } from './crop-picture.tsx';
import { shapeText } from './shape-text.ts';
import { type Order, orders, publishedDiameterUm } from './shown-particles.ts';

interface Props {
  readonly particles: readonly ParticleEntry[];
  readonly run: ExploredRun;
  readonly tiles: ReadonlyMap<string, TileEntry>;
  readonly kind: DiameterKind;
  readonly chosen: number | null;
  readonly onChoose: (number: number) => void;
}

const forms = ['Pictures', 'Table'] as const;
const PER_PAGE = { Pictures: 18, Table: 50 } as const;
const CROP_PX = 132;

/** The particles that are shown, as pictures or as a table: whatever the large picture shows can be had here by keyboard. */
export function ParticleList(props: Props) {
  const { particles } = props;
  const [form, setForm] = useState<(typeof forms)[number]>('Pictures');
  const [order, setOrder] = useState<Order>('largest first');
  const [page, setPage] = useState(0);
  const sorted = useMemo(() => [...particles].sort(orders[order]), [particles, order]);
  useEffect(() => setPage(0), [sorted, form]);
  const pages = Math.max(1, Math.ceil(sorted.length / PER_PAGE[form]));
  const from = page * PER_PAGE[form];
  const onPage = sorted.slice(from, from + PER_PAGE[form]);
  return (
    <section class="card list" aria-labelledby="list-heading">
      <h2 id="list-heading">Particles</h2>
      <div class="tools">
        <fieldset class="switch">
          <legend class="hidden-visually">As</legend>
          {forms.map((one) => (
            <label key={one}>
              <input type="radio" name="form" checked={form === one} onChange={() => setForm(one)} />
              <span>{one}</span>
            </label>
          ))}
        </fieldset>
        <label>
          Order
          <select value={order} onChange={({ currentTarget }) => setOrder(currentTarget.value as Order)}>
            {Object.keys(orders).map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      </div>
      {particles.length === 0 && <p>No particle is shown by this choice.</p>}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys only move among the buttons within */}
      <div onKeyDown={moveAmongButtons}>
        {form === 'Pictures' ? <Gallery {...props} onPage={onPage} /> : <Table {...props} onPage={onPage} />}
      </div>
      {pages > 1 && (
        <nav class="pages" aria-label="Pages of particles">
          <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Before
          </button>
          <span>
            {countText(from + 1)} to {countText(from + onPage.length)} of {countText(sorted.length)}
          </span>
          <button type="button" disabled={page >= pages - 1} onClick={() => setPage(page + 1)}>
            Next
          </button>
        </nav>
      )}
    </section>
  );
}

/** Arrows go from one particle to the next, wherever the tab key came in. */
function moveAmongButtons(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const step = steps[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button[data-particle]')];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  const next = buttons[at + step];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

type PageProps = Props & { readonly onPage: readonly ParticleEntry[] };

function Gallery({ onPage, run, tiles, kind, chosen, onChoose }: PageProps) {
  return (
    <ul class="gallery">
      {onPage.map((particle) => {
        const [largest] = particle.pieces;
        const tile = largest && tiles.get(largest.contentHash);
        const piece = largest && run.pieces.get(pieceKey(largest.contentHash, largest.number));
        const size = figureText(publishedDiameterUm(particle, kind), 'µm');
        return (
          <li key={particle.number}>
            <button
              type="button"
              data-particle={particle.number}
              aria-pressed={chosen === particle.number}
              onClick={() => onChoose(particle.number)}
            >
              {tile && piece && <CropPicture tile={tile} piece={piece} sidePx={CROP_PX} alt="" />}
              <span>
                <span class="hidden-visually">Particle </span>
                {particle.number}: {size}
                <span class={`mark ${particle.certain ? 'certain' : 'uncertain'}`}>
                  {particle.certain ? 'certain' : 'uncertain'}
                </span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Table({ onPage, tiles, kind, chosen, onChoose }: PageProps) {
  return (
    <div class="scrolled">
      <table>
        <caption class="hidden-visually">
          The particles that are shown; press a number to open its card
        </caption>
        <thead>
          <tr>
            <th scope="col">Particle</th>
            <th scope="col">{capital(diameterNames[kind].name)}</th>
            <th scope="col">Circularity</th>
            <th scope="col">Aspect ratio</th>
            <th scope="col">Model’s word</th>
            <th scope="col">Tile</th>
          </tr>
        </thead>
        <tbody>
          {onPage.map((particle) => (
            <tr key={particle.number} class={chosen === particle.number ? 'chosen' : undefined}>
              <th scope="row">
                <button
                  type="button"
                  class="quiet"
                  data-particle={particle.number}
                  aria-pressed={chosen === particle.number}
                  onClick={() => onChoose(particle.number)}
                >
                  {particle.number}
                </button>
              </th>
              <td>{figureText(publishedDiameterUm(particle, kind), 'µm')}</td>
              <td>{shapeText(particle.circularity)}</td>
              <td>{shapeText(particle.aspectRatio)}</td>
              <td>
                {particle.certain ? 'certain' : 'uncertain'}, {percentText(particle.confidence)}
              </td>
              <td>
                {particle.pieces.map(({ contentHash }) => tiles.get(contentHash)?.name ?? '').join(' + ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
