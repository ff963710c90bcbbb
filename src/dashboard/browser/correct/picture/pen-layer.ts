import type { FramePx } from '../../../../measure/simplified-ring.ts';
import { heldCorner, type Pen, type Reshaping } from '../outlines/pen.ts';
import type { Tool } from '../tool.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** What keys draw, over the outlines: corners set so far, the cross where the next would be, the corner that is held. */
export interface PenLayer {
  readonly element: SVGSVGElement;
  showPen(pen: Pen | null, tool: Tool): void;
  showHeld(reshaping: Reshaping | null): void;
}

export function penLayer({ widthPx, heightPx }: FramePx): PenLayer {
  const element = document.createElementNS(SVG, 'svg');
  element.setAttribute('viewBox', `0 0 ${widthPx} ${heightPx}`);
  element.setAttribute('class', 'pen');
  element.setAttribute('aria-hidden', 'true');
  const line = append('polyline', 'pen-line');
  const cross = append('path', 'pen-cross');
  const held = append('circle', 'pen-held');
  function append(name: string, className: string): SVGElement {
    const child = document.createElementNS(SVG, name);
    child.setAttribute('class', className);
    element.append(child);
    return child;
  }
  const reach = widthPx / 80;
  return {
    element,
    showPen(pen, tool) {
      const corners = pen === null ? [] : [...pen.corners, pen.at];
      const closing = tool === 'draw' && pen !== null && pen.corners.length > 1 ? [pen.corners[0]!] : [];
      line.setAttribute('points', [...corners, ...closing].map(({ x, y }) => `${x},${y}`).join(' '));
      const { x, y } = pen?.at ?? { x: -reach, y: -reach };
      cross.setAttribute(
        'd',
        pen === null ? '' : `M${x - reach} ${y}H${x + reach}M${x} ${y - reach}V${y + reach}`,
      );
    },
    showHeld(reshaping) {
      const { x, y } = reshaping === null ? { x: 0, y: 0 } : heldCorner(reshaping);
      held.setAttribute('cx', String(x));
      held.setAttribute('cy', String(y));
      held.setAttribute('r', String(reshaping === null ? 0 : reach / 2));
    },
  };
}
