/** Axes on which a curve is drawn by mouse, finger or keyboard; the curve of the run is drawn over it. */
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import type { CurvePrediction } from '../../lessons/lesson.ts';
import { short } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import type { Curve } from './scoring.ts';

/** Places at which the drawn curve has values. */
export const KNOTS = 21;
const WIDTH = 300;
const HEIGHT = 170;
const words = text.lessons.sketch;

interface SketchProps {
  readonly prediction: CurvePrediction;
  readonly drawn: readonly number[];
  /** Null once it must not change any more. */
  readonly onChange: ((drawn: readonly number[]) => void) | null;
  /** Of the run. */
  readonly actual: Curve | null;
}

export function flatCurve({ axes }: CurvePrediction): number[] {
  return new Array(KNOTS).fill((axes.y[0] + axes.y[1]) / 2);
}

export function CurveSketch({ prediction, drawn, onChange, actual }: SketchProps) {
  const { x, y } = prediction.axes;
  const [knot, setKnot] = useState(0);
  const toX = (value: number) => ((value - x[0]) / (x[1] - x[0])) * WIDTH;
  const toY = (value: number) => (1 - (value - y[0]) / (y[1] - y[0])) * HEIGHT;
  const knotX = (k: number) => x[0] + (k / (KNOTS - 1)) * (x[1] - x[0]);
  const set = (k: number, value: number) => {
    const inside = Math.min(y[1], Math.max(y[0], value));
    setKnot(k);
    onChange?.(drawn.map((before, i) => (i === k ? inside : before)));
  };
  const draw = (event: PointerEvent<HTMLDivElement>) => {
    if (!onChange || event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const k = Math.round(Math.min(1, Math.max(0, share)) * (KNOTS - 1));
    set(k, y[1] - ((event.clientY - box.top) / box.height) * (y[1] - y[0]));
  };
  const press = (event: KeyboardEvent) => {
    const step = (y[1] - y[0]) / (event.shiftKey ? 10 : 40);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => setKnot(Math.max(0, knot - 1)),
      ArrowRight: () => setKnot(Math.min(KNOTS - 1, knot + 1)),
      ArrowUp: () => set(knot, drawn[knot] + step),
      ArrowDown: () => set(knot, drawn[knot] - step),
    };
    const move = moves[event.key];
    if (!move || !onChange) return;
    event.preventDefault();
    // Arrow keys move the walkers' time elsewhere in the page.
    event.stopPropagation();
    move();
  };
  const path = (points: readonly (readonly [number, number])[]) =>
    points.map(([px, py], k) => `${k === 0 ? 'M' : 'L'}${toX(px).toFixed(1)},${toY(py).toFixed(1)}`).join('');
  return (
    <figure className="sketch">
      <div
        role="slider"
        tabIndex={0}
        aria-label={words.label(prediction.question)}
        aria-valuemin={y[0]}
        aria-valuemax={y[1]}
        aria-valuenow={drawn[knot]}
        aria-valuetext={words.value(short(knotX(knot), 2), short(drawn[knot], 2))}
        aria-disabled={onChange === null}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          draw(event);
        }}
        onPointerMove={draw}
        onKeyDown={press}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
          <path className="axes" d={`M0,0V${HEIGHT}H${WIDTH}`} />
          <path className="drawn" d={path(drawn.map((value, k) => [knotX(k), value]))} />
          {actual && <path className="actual" d={path(withinAxes(actual, prediction.axes))} />}
          {onChange && <circle className="knot" cx={toX(knotX(knot))} cy={toY(drawn[knot])} r={4} />}
        </svg>
      </div>
      <figcaption>
        <span>{short(x[0])}</span>
        <span>
          {onChange ? words.how : words.legend}; {words.range(short(y[0]), short(y[1]))}
        </span>
        <span>{short(x[1])}</span>
      </figcaption>
    </figure>
  );
}

/** Points with values within the axes. */
function withinAxes({ x, y }: Curve, axes: CurvePrediction['axes']): (readonly [number, number])[] {
  const inside = (value: number, [low, high]: readonly [number, number]) => value >= low && value <= high;
  return x.flatMap((place, k) => {
    const value = y[k];
    return value !== null && inside(place, axes.x) && inside(value, axes.y) ? [[place, value] as const] : [];
  });
}
