import { useSignal } from '@preact/signals';
import { useCallback, useEffect, useMemo, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { RunDetail, TileEntry } from '../../api/run.ts';
import { correctAddress, sampleAddress } from '../shell/api.ts';
import { counted } from '../shell/figures.ts';
import { resets, useLive } from '../shell/live.ts';
import { Trouble } from '../shell/trouble.tsx';
import { CorrectionList } from './correction-list.tsx';
import { CountAgain } from './count-again.tsx';
import { Desk } from './desk.ts';
import { KeyHelp } from './key-help.tsx';
import { type PageActions, pressed } from './keys.ts';
import type { TileCanvas } from './picture/tile-canvas.ts';
import { TileView } from './picture/tile-view.tsx';
import { PieceList } from './piece-list.tsx';
import { ReviewerForm } from './reviewer-form.tsx';
import { TileRecord } from './tile-record.ts';
import { placeText, tilesInOrder } from './tile-steps.ts';
import { ToolBar } from './tool-bar.tsx';

interface Props {
  readonly detail: RunDetail;
  readonly tile: TileEntry;
  /** The piece that the address names. */
  readonly firstPiece: number | null;
  readonly onCounted: () => void;
}

export function TileDesk({ detail, tile, firstPiece, onCounted }: Props) {
  const desk = useDesk(tile, firstPiece);
  const canvas = useRef<TileCanvas | null>(null);
  const onReady = useCallback((ready: TileCanvas | null) => {
    canvas.current = ready;
  }, []);
  const isHelping = useSignal(false);
  const steps = useSteps(detail, tile);
  const page: PageActions = {
    middle: () => canvas.current?.middle() ?? { x: tile.widthPx / 2, y: tile.heightPx / 2 },
    zoom: (factor) => canvas.current?.zoom(factor),
    showAll: () => canvas.current?.showAll(),
    toTile: steps.go,
    help: () => {
      isHelping.value = !isHelping.value;
    },
  };
  const { sampleId, run, sampleLabel } = detail.entry;
  const { fault, found, pieces } = desk.record;
  return (
    <>
      <p class="where">
        <a href={sampleAddress(sampleId, run, tile.contentHash)}>
          <bdi>{sampleLabel}</bdi>
        </a>
        , {placeText(tile)}: {counted(pieces.value.length, 'piece')}
      </p>
      <ReviewerForm />
      <Trouble error={fault.value} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the list, the picture and the buttons in it mean the same. */}
      <div
        class="desk"
        onKeyDown={(event) => {
          if (isTyping(event.target, event.key) || !pressed(event, desk, page)) return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <div class="picture">
          <ToolBar desk={desk} page={page} />
          <p class="said" role="status">
            {desk.said.value}
          </p>
          <p class="fault" role="alert">
            {desk.refused.value}
          </p>
          {desk.unsent.value.length > 0 && (
            <button type="button" onClick={() => desk.sendAgain()}>
              Send it again
            </button>
          )}
          <TileView desk={desk} onReady={onReady} />
          <ViewButtons page={page} steps={steps} />
        </div>
        <div class="beside">
          {found.value !== null && pieces.value.length === 0 ? (
            <p class="faint">Nothing was found in this tile.</p>
          ) : (
            <PieceList desk={desk} />
          )}
          <KeyHelp isOpen={isHelping.value} />
        </div>
      </div>
      <CorrectionList desk={desk} />
      <CountAgain detail={detail} onCounted={onCounted} />
    </>
  );
}

/** Reads the tile, and again whenever what was read may be old. */
function useDesk({ contentHash, widthPx, heightPx }: TileEntry, firstPiece: number | null): Desk {
  const desk = useMemo(
    () => new Desk(new TileRecord(contentHash), { widthPx, heightPx }),
    [contentHash, widthPx, heightPx],
  );
  const reads = useSignal(0);
  useLive((event) => {
    const isOfTile = event.type === 'tile' && event.tile.contentHash === contentHash;
    if (isOfTile || event.type === 'summary') reads.value += 1;
  });
  useEffect(() => {
    const given = new AbortController();
    desk.record.read(given.signal);
    return () => given.abort();
  }, [desk, reads.value, resets.value]);
  useEffect(() => {
    if (firstPiece !== null) desk.choose([firstPiece]);
  }, [desk, firstPiece]);
  return desk;
}

interface Steps {
  readonly previous: string | null;
  readonly next: string | null;
  readonly go: (by: 1 | -1) => void;
}

/** To the tiles before and after. */
function useSteps(detail: RunDetail, { contentHash }: TileEntry): Steps {
  const { route } = useLocation();
  const { sampleId, run } = detail.entry;
  const tiles = tilesInOrder(detail.tiles);
  const at = tiles.findIndex((each) => each.contentHash === contentHash);
  const address = (place: number) => {
    const other = tiles[place];
    return other ? correctAddress(sampleId, run, other.contentHash) : null;
  };
  const [previous, next] = [at < 0 ? null : address(at - 1), address(at + 1)];
  return {
    previous,
    next,
    go(by) {
      const to = by === 1 ? next : previous;
      if (to !== null) route(to);
    },
  };
}

function ViewButtons({ page, steps }: { readonly page: PageActions; readonly steps: Steps }) {
  return (
    <div class="view-buttons">
      <nav aria-label="Tiles">
        {steps.previous && <a href={steps.previous}>Previous tile</a>}
        {steps.next && <a href={steps.next}>Next tile</a>}
      </nav>
      <fieldset>
        <legend class="hidden-visually">View</legend>
        <button type="button" aria-label="Closer" onClick={() => page.zoom(1.5)}>
          +
        </button>
        <button type="button" aria-label="Further away" onClick={() => page.zoom(1 / 1.5)}>
          −
        </button>
        <button type="button" onClick={page.showAll}>
          Whole tile
        </button>
      </fieldset>
    </div>
  );
}

/** Keys that a field or a button takes for itself. */
function isTyping(target: EventTarget | null, key: string): boolean {
  if (target instanceof HTMLInputElement) return true;
  return (
    target instanceof HTMLElement && /^(BUTTON|A|SUMMARY)$/.test(target.tagName) && /^( |Enter)$/.test(key)
  );
}
