import { useMemo, useState } from 'preact/hooks';
import type { RunDetail } from '../../../api/run.ts';
import { counted, countText } from '../../shell/figures.ts';
import type { ExploredRun } from '../explored-run.ts';
import type { ShownParticles } from '../particles/shown-particles.ts';
import { hasRange, type Selection } from '../selection.ts';
import type { Chosen } from '../use-selection.ts';
import { viewOfBox } from './camera.ts';
import { GridPicture } from './grid-picture.tsx';
import { pieceAt } from './pieces.ts';
import { type Layout, layoutOf } from './places.ts';
import { emptyScene, pieceKey, type Scene, sceneOf } from './scene.ts';
import { usePyramid } from './use-pyramid.ts';
import type { GridPoint } from './viewer.ts';

interface Props {
  readonly detail: RunDetail;
  /** Null until it is there: the picture is shown without outlines until then. */
  readonly run: ExploredRun | null;
  readonly found: ShownParticles | null;
  readonly chosen: Chosen;
  /** Counts up whenever the chosen particle is to be gone to. */
  readonly gone: number;
}

/** How near to a small particle a pointer or a finger must come. */
const REACH_SCREEN_PX = 9;

export function PictureSection({ detail, run, found, chosen, gone }: Props) {
  const { selection, choose, keepView } = chosen;
  const layout = useLayout(detail);
  const pyramid = usePyramid(detail);
  const [said, setSaid] = useState('');
  const scene = useMemo(
    () => (run && found ? sceneFor(run, found, selection) : emptyScene),
    [run, found, selection.particle, selection.show, selection.filter, selection.fromUm, selection.toUm],
  );
  const target = useTarget(layout, run, selection, gone);
  if (layout === null) {
    return (
      <p>No tile has a place on a grid, so there is no picture of the whole; the particles stand below.</p>
    );
  }
  if (pyramid === undefined) return <div class="grid-picture window" />;

  function onPress({ x, y, perScreenPx }: GridPoint): void {
    if (!run || !layout) return;
    const at = layout.at(Math.floor(y / layout.cellHeightPx), Math.floor(x / layout.cellWidthPx));
    const pieces = at && run.places.find(({ place }) => place.tile.contentHash === at.tile.contentHash);
    const hit = pieces && pieceAt(pieces, { x, y }, REACH_SCREEN_PX * perScreenPx);
    if (!hit) {
      setSaid('');
      return;
    }
    const number = run.byPiece.get(pieceKey(hit.place.tile.contentHash, hit.piece.number));
    setSaid(
      number === undefined
        ? `Piece ${hit.piece.number} of ${hit.place.tile.name} counts as no particle: it is cut by a border, seen twice, or its tile is left out.`
        : '',
    );
    if (number !== undefined) choose({ particle: number }, true);
  }

  return (
    <div class="picture-column">
      <GridPicture
        layout={layout}
        pyramid={pyramid}
        scene={scene}
        start={selection.view}
        target={target}
        onPress={onPress}
        onView={keepView}
        description={describe(detail, found)}
      />
      <p class="faint key">
        <span class="mark certain">certain</span> <span class="mark uncertain">uncertain, dashed</span>
        <span class="mark uncounted">counts as no particle</span>
        {layout.unplaced.length > 0 &&
          `${counted(layout.unplaced.length, 'tile has', 'tiles have')} no place of their own here.`}
      </p>
      <p role="status" class="said">
        {said}
      </p>
    </div>
  );
}

/** The same layout while no tile came or changed what is drawn of it, so that the picture is not made anew. */
function useLayout({ rows, columns, tiles }: RunDetail): Layout | null {
  const drawn = tiles
    .map((tile) => `${tile.contentHash} ${tile.row} ${tile.column} ${tile.state}`)
    .join('\n');
  // Tiles are told by what is drawn of them.
  return useMemo(() => layoutOf({ rows, columns, tiles }), [rows, columns, drawn]);
}

function sceneFor(run: ExploredRun, { shown, inRange }: ShownParticles, selection: Selection): Scene {
  const isShown = new Set(shown.map(({ number }) => number));
  const isLit = hasRange(selection) ? new Set(inRange.map(({ number }) => number)) : new Set<number>();
  return sceneOf(
    run.places,
    (key) => {
      const number = run.byPiece.get(key);
      const particle = number === undefined ? undefined : run.byNumber.get(number);
      if (number === undefined || !particle?.passesFilter) return undefined;
      return {
        certain: particle.certain,
        isShown: isShown.has(number),
        isLit: isLit.has(number),
        isChosen: number === selection.particle,
      };
    },
    {
      showsUncounted: selection.show === 'all' && selection.filter === '',
      hasLit: hasRange(selection),
      typicalPx: run.typicalPx,
    },
  );
}

/** Where the picture goes: to the chosen particle when it is asked for, else to the tile that the address names. */
function useTarget(layout: Layout | null, run: ExploredRun | null, selection: Selection, gone: number) {
  // A particle that is pressed in the picture is there already.
  return useMemo(() => {
    if (!layout) return null;
    const particle = selection.particle === null ? undefined : run?.byNumber.get(selection.particle);
    const [largest] = particle?.pieces ?? [];
    const piece = largest && run?.pieces.get(pieceKey(largest.contentHash, largest.number));
    const place = largest && layout.of(largest.contentHash);
    if (place && piece)
      return (window: Parameters<typeof viewOfBox>[3]) => viewOfBox(place, piece.boxPx, layout, window);
    const tile = selection.tile === null ? undefined : layout.of(selection.tile);
    if (!tile) return null;
    const whole = [0, 0, tile.tile.widthPx, tile.tile.heightPx] as const;
    return (window: Parameters<typeof viewOfBox>[3]) => viewOfBox(tile, whole, layout, window, 0.95);
  }, [layout, run === null, selection.tile, gone]);
}

function describe({ entry, tiles, rows, columns }: RunDetail, found: ShownParticles | null): string {
  const failed = tiles.filter(({ state }) => state === 'failed').length;
  const leftOut = tiles.filter(({ state }) => state === 'left-out').length;
  return [
    `${counted(tiles.length, 'tile')} of ${entry.sampleLabel} in ${counted(rows, 'row')} of ${columns}.`,
    failed > 0 ? `${countText(failed)} could not be segmented.` : '',
    leftOut > 0 ? `${countText(leftOut)} left out for poor imaging.` : '',
    found ? `${counted(found.inRange.length, 'particle')} shown; the list below has them all.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}
