/** Walkers carried by hand: dragged with the pointer, dropped by a double click, or moved with the arrow keys. */
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import { LANDSCAPE_MARGINS } from '../../plots/landscape.ts';
import { type DotSource, insetOf } from '../../shell/figure/DotsOverlay.tsx';
import type { Scene } from '../../shell/figure/scene.ts';
import { toast } from '../../shell/frame/Toast.tsx';
import { simulation } from '../../shell/runs/simulation.ts';
import { fixed } from '../../text/format.ts';
import { text } from '../../text/index.ts';

/** Pixels from a walker within which it is caught. */
const REACH = 18;
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
/** Step of an arrow key, as a share of the domain. */
const KEY_STEP = 0.02;

const words = text.explore.landscape;

interface Held {
  readonly walker: number;
  /** Pixels from the upper left corner of the plot area. */
  readonly x: number;
  readonly y: number;
}

export function HandOverlay({ scene, source }: { scene: Scene; source: DotSource }) {
  const [held, setHeld] = useState<Held | null>(null);
  const area = useRef<HTMLDivElement>(null);
  const placeOf = (event: MouseEvent) => {
    const box = area.current!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top, width: box.width, height: box.height };
  };
  const drop = (walker: number, { x, y, width, height }: ReturnType<typeof placeOf>) => {
    const [[x0, x1], [y0, y1]] = scene.domain;
    const inside = (share: number) => Math.min(1, Math.max(0, share));
    moveTo(scene, walker, [x0 + inside(x / width) * (x1 - x0), y1 - inside(y / height) * (y1 - y0)]);
  };
  const onPointerMove = (event: PointerEvent) => {
    const place = placeOf(event);
    if (held) setHeld({ ...held, x: place.x, y: place.y });
    else area.current!.style.cursor = nearest(scene, source, place) === null ? '' : 'grab';
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard's way is `MoveFirst`
    <div
      ref={area}
      className="plot-area hand"
      style={insetOf(LANDSCAPE_MARGINS)}
      onPointerDown={(event) => {
        const place = placeOf(event);
        const walker = nearest(scene, source, place);
        if (walker === null || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setHeld({ walker, x: place.x, y: place.y });
      }}
      onPointerMove={onPointerMove}
      onPointerUp={(event) => {
        if (held) drop(held.walker, placeOf(event));
        setHeld(null);
      }}
      onPointerCancel={() => setHeld(null)}
      onDoubleClick={(event) => drop(0, placeOf(event))}
    >
      {held && <i className="held" style={{ left: held.x, top: held.y }} />}
    </div>
  );
}

/** The keyboard's way of carrying a walker. */
export function MoveFirst({ scene }: { scene: Scene }) {
  /** Where it was sent last: keys repeat faster than frames come. */
  const sent = useRef<{ readonly frame: unknown; readonly to: number[] } | null>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    const frame = simulation.frame.get();
    const at = sent.current?.frame === frame ? sent.current?.to : firstWalker(scene);
    if (!move || !at) return;
    event.preventDefault();
    const far = event.shiftKey ? 5 : 1;
    const to = at.map((value, d) => {
      const [low, high] = scene.domain[d];
      return Math.min(high, Math.max(low, value + far * KEY_STEP * move[d] * (high - low)));
    });
    moveTo(scene, 0, to);
    sent.current = { frame, to };
    toast(
      words.walkerAt(
        to
          .slice(0, scene.kind === 'curve' ? 1 : 2)
          .map((value) => fixed(value, 2))
          .join(', '),
      ),
    );
  };
  return (
    <button type="button" className="chip move" title={words.moveHint} onKeyDown={onKeyDown}>
      {words.move} <span aria-hidden="true">← → ↑ ↓</span>
    </button>
  );
}

function firstWalker({ project }: Scene): number[] | null {
  const points = simulation.frame.get()?.walkers;
  const shown = points && project(points);
  return shown ? [shown.values[0], shown.values[1]] : null;
}

/** What the picture does not show of a walker stays as it is. */
function moveTo({ kind }: Scene, walker: number, at: readonly number[]): void {
  const points = simulation.frame.get()?.walkers;
  if (!points) return;
  const { dimension, values } = points;
  const shown = kind === 'curve' ? 1 : 2;
  const now = Array.from(values.subarray(walker * dimension, (walker + 1) * dimension));
  simulation.place(
    walker,
    now.map((value, d) => (d < shown ? at[d] : value)),
  );
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function nearest(scene: Scene, source: DotSource, { x, y, width, height }: Place): number | null {
  const points = source.get();
  if (!points) return null;
  const [[x0, x1], [y0, y1]] = scene.domain;
  let best: { walker: number; distance: number } | null = null;
  for (let k = 0; k < points.values.length / 2; k++) {
    const dx = ((points.values[2 * k] - x0) / (x1 - x0)) * width - x;
    const dy = ((y1 - points.values[2 * k + 1]) / (y1 - y0)) * height - y;
    const distance = Math.hypot(dx, dy);
    if (distance < (best?.distance ?? REACH)) best = { walker: k, distance };
  }
  return best?.walker ?? null;
}
