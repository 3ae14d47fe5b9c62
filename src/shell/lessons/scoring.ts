/** What a prediction was worth, once the run has told. */
import type { Prediction } from '../../lessons/lesson.ts';

/** A place of `options`, a number, the order of `items` as places in the right order, or values of a curve at even places. */
export type Answer = number | readonly number[];

export interface Score {
  readonly right: boolean;
  /** What came out, where it is a number. */
  readonly actual: number | null;
  /** Root mean square distance of a drawn curve after the best vertical shift. */
  readonly distance: number | null;
}

type Read = (name: string) => unknown;

/** @returns null as long as the run has not told what is right */
export function scoreOf(prediction: Prediction, answer: Answer, read: Read): Score | null {
  switch (prediction.kind) {
    case 'choice':
      return { right: answer === prediction.answer, actual: null, distance: null };
    case 'order':
      return {
        right: (answer as readonly number[]).every((place, k) => place === k),
        actual: null,
        distance: null,
      };
    case 'number': {
      const actual = prediction.answer.value(read);
      if (typeof actual !== 'number' || !Number.isFinite(actual)) return null;
      const ratio = (answer as number) / actual;
      const right = ratio >= 1 / prediction.factor && ratio <= prediction.factor;
      return { right, actual, distance: null };
    }
    case 'curve': {
      const curve = curveOf(prediction, read);
      if (!curve) return null;
      const distance = distanceAfterShift(answer as readonly number[], prediction.axes.x, curve);
      return distance === null ? null : { right: distance <= prediction.within, actual: null, distance };
    }
    default:
      return prediction satisfies never;
  }
}

export interface Curve {
  readonly x: readonly number[];
  /** Null where there is no value. */
  readonly y: readonly (number | null)[];
}

export function curveOf({ x, y }: Extract<Prediction, { kind: 'curve' }>, read: Read): Curve | null {
  const [xs, ys] = [x.value(read), y.value(read)];
  return Array.isArray(xs) && Array.isArray(ys) && xs.length === ys.length ? { x: xs, y: ys } : null;
}

/** Between the drawn values, which stand at even places of the axis, lines are straight. */
function drawnAt(drawn: readonly number[], [low, high]: readonly [number, number], x: number): number | null {
  const place = ((x - low) / (high - low)) * (drawn.length - 1);
  if (place < 0 || place > drawn.length - 1) return null;
  const k = Math.min(Math.floor(place), drawn.length - 2);
  return drawn[k] + (place - k) * (drawn[k + 1] - drawn[k]);
}

/** Where the curve has values within the axis; a free energy is known but for a constant. */
export function distanceAfterShift(
  drawn: readonly number[],
  axis: readonly [number, number],
  { x, y }: Curve,
): number | null {
  const differences = x.flatMap((place, k) => {
    const [mine, value] = [drawnAt(drawn, axis, place), y[k]];
    return mine === null || value === null ? [] : [mine - value];
  });
  if (differences.length < 2) return null;
  const mean = differences.reduce((a, b) => a + b, 0) / differences.length;
  return Math.sqrt(differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / differences.length);
}
