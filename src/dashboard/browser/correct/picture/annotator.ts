import { createImageAnnotator, type ImageAnnotation, UserSelectAction } from '@annotorious/annotorious';
import type { Outline } from '../../../../measure/correction.ts';
import type { FramePx } from '../../../../measure/simplified-ring.ts';
import type { Reshaping } from '../outlines/pen.ts';
import type { StandingPiece } from '../outlines/standing-pieces.ts';
import type { Tool } from '../tool.ts';
import { annotationId, annotationOf, outlineOfShape } from './annotation.ts';

export interface AnnotatorListeners {
  readonly onDrawn: (outline: Outline) => void;
  readonly onReshaped: (outline: Outline) => void;
}

/** Outlines as Annotorious draws and edits them, over a box as large as the tile is shown. */
export interface OutlineAnnotator {
  show(pieces: readonly StandingPiece[]): void;
  /** Marks what is chosen without drawing anything anew: a tile may have thousands of outlines. */
  mark(chosen: readonly StandingPiece[]): void;
  use(tool: Tool): void;
  reshape(piece: StandingPiece, reshaping: Reshaping): void;
  destroy(): void;
}

/** @param overlay gets the outlines; they follow its size */
export function outlineAnnotator(
  overlay: HTMLElement,
  tile: FramePx,
  { onDrawn, onReshaped }: AnnotatorListeners,
): OutlineAnnotator {
  const sheet = document.createElement('canvas');
  sheet.width = tile.widthPx;
  sheet.height = tile.heightPx;
  overlay.append(sheet);
  const annotator = createImageAnnotator(sheet, {
    drawingEnabled: false,
    // A finger gives no hint of where it will tap next: its first side is dragged.
    drawingMode: matchMedia('(pointer: coarse)').matches ? 'drag' : 'click',
    userSelectAction: UserSelectAction.NONE,
  });
  annotator.element.classList.add('annotations');
  const chosenStyle = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, chosenStyle];
  const names = nameForReaders(overlay);
  annotator.on('createAnnotation', (made: ImageAnnotation) => {
    const outline = outlineOfShape(made.target.selector);
    if (outline) onDrawn(outline);
  });
  annotator.state.store.observe(({ changes }) => {
    for (const { newValue } of changes.updated ?? []) {
      const outline = outlineOfShape(newValue.target.selector);
      if (outline) onReshaped(outline);
    }
  });
  return {
    show(pieces) {
      annotator.setAnnotations(pieces.map((piece) => annotationOf(annotationId(piece), piece.shapePx)));
    },
    mark(chosen) {
      // Styles within elements are not drawn under the page's content security policy; style sheets are.
      chosenStyle.replaceSync(chosen.map(chosenRule).join(''));
    },
    use(tool) {
      if (tool !== 'redraw') annotator.cancelSelected();
      annotator.setUserSelectAction(tool === 'redraw' ? UserSelectAction.EDIT : UserSelectAction.NONE);
      annotator.cancelDrawing();
      annotator.setDrawingTool('polygon');
      annotator.setDrawingEnabled(tool === 'draw');
    },
    reshape(piece, { outlinePx }) {
      const id = annotationId(piece);
      const shown = annotator.getAnnotationById(id);
      const isShown =
        shown && JSON.stringify(outlineOfShape(shown.target.selector)) === JSON.stringify(outlinePx);
      if (!isShown) annotator.updateAnnotation(annotationOf(id, outlinePx));
      if (annotator.getSelected()[0]?.id !== id) annotator.setSelected(id, true);
    },
    destroy() {
      names.disconnect();
      annotator.destroy();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== chosenStyle);
    },
  };
}

function chosenRule(piece: StandingPiece): string {
  return `.tile-overlay .annotations [data-id="${annotationId(piece)}"] .a9s-inner { stroke: var(--chosen); fill: var(--chosen-fill); stroke-width: 3px }`;
}

/** Corners are held by keys of the page, so the tab key passes them over; those who listen hear what they are. */
function nameForReaders(overlay: HTMLElement): MutationObserver {
  const name = () => {
    for (const [at, handle] of overlay.querySelectorAll('[role="button"]').entries()) {
      handle.setAttribute('tabindex', '-1');
      handle.setAttribute('aria-label', `Corner ${at + 1}`);
    }
  };
  const layer = overlay.querySelector('.a9s-annotationlayer');
  layer?.setAttribute('tabindex', '-1');
  layer?.setAttribute('aria-label', 'Outlines');
  const observer = new MutationObserver(name);
  observer.observe(overlay, { childList: true, subtree: true });
  return observer;
}
