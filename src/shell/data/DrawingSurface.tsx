/** Where points are drawn: sprayed or erased with the pointer, or by keys at a cursor. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Drawing, Place } from '../../core/datasets/drawing.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { fixed } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import { toast } from '../frame/Toast.tsx';
import { systemOf } from '../parts/system.ts';
import { changeDrawing, drawingOf } from './own-data.ts';

export type Tool = 'spray' | 'erase';

/** Points of one puff: a puff comes at every move of the pointer, and while it rests. */
const PUFF = 6;
const KEY_PUFF = 10;
const PUFF_INTERVAL = 40;
/** Standard deviation of the spray and radius of the eraser, as shares of the domain. */
const SPRAY = 0.03;
const ERASER = 0.06;
const KEY_STEP = 0.02;
const MOVES: Readonly<Record<string, Place>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

interface SurfaceProps {
  readonly experiment: Experiment;
  readonly tool: Tool;
  readonly children: ReactNode;
}

export function DrawingSurface({ experiment, tool, children }: SurfaceProps) {
  const { domain } = systemOf(experiment);
  /** Shares of the domain from the lower left corner. */
  const [cursor, setCursor] = useState<Place>([0.5, 0.5]);
  const hand = useRef<{ place: Place; timer: ReturnType<typeof setInterval> } | null>(null);
  const release = () => {
    clearInterval(hand.current?.timer);
    hand.current = null;
  };
  useEffect(() => () => clearInterval(hand.current?.timer), []);
  const use = (place: Place, with_: Tool, count: number) =>
    changeDrawing(experiment, (drawing) => applied(drawing, with_, place, domain, count));
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    release();
    changeDrawing(experiment, (drawing) => drawing.begin());
    const work = () => hand.current && use(hand.current.place, tool, PUFF);
    hand.current = { place: placeOf(event), timer: setInterval(work, PUFF_INTERVAL) };
    work();
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!hand.current) return;
    hand.current.place = placeOf(event);
    use(hand.current.place, tool, PUFF);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    const far = KEY_STEP * (event.shiftKey ? 5 : 1);
    if (move) setCursor(cursor.map((value, d) => inside(value + far * move[d])) as unknown as Place);
    else if ((event.ctrlKey || event.metaKey) && event.key === 'z')
      changeDrawing(experiment, (drawing) => drawing.undo());
    else if (event.key === 'Enter' || event.key === ' ' || event.key === 'Delete') {
      changeDrawing(experiment, (drawing) => drawing.begin());
      use(cursor, event.key === 'Delete' ? 'erase' : tool, KEY_PUFF);
      const at = toDomain(cursor, domain).map((value) => fixed(value, 2));
      toast(text.data.cursor(drawingOf(experiment).count, at.join(', ')));
    } else return;
    event.preventDefault();
  };
  return (
    <div
      className="drawing-surface"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is interactive
      tabIndex={0}
      aria-label={text.data.surface}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={onKeyDown}
    >
      {children}
      <i className="drawing-cursor" style={{ left: `${100 * cursor[0]}%`, bottom: `${100 * cursor[1]}%` }} />
    </div>
  );
}

function placeOf(event: PointerEvent): Place {
  const box = event.currentTarget.getBoundingClientRect();
  return [inside((event.clientX - box.left) / box.width), inside(1 - (event.clientY - box.top) / box.height)];
}

function inside(share: number): number {
  return Math.min(1, Math.max(0, share));
}

type Ranges = readonly (readonly [number, number])[];

function toDomain([u, v]: Place, [[x0, x1], [y0, y1]]: Ranges): Place {
  return [x0 + u * (x1 - x0), y0 + v * (y1 - y0)];
}

function applied(drawing: Drawing, tool: Tool, place: Place, domain: Ranges, count: number): Drawing {
  const [[x0, x1], [y0, y1]] = domain;
  const at = toDomain(place, domain);
  const size = (share: number): Place => [share * (x1 - x0), share * (y1 - y0)];
  return tool === 'spray' ? drawing.spray(at, size(SPRAY), count) : drawing.erase(at, size(ERASER));
}
