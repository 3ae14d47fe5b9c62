/** What plays the lessons without a reader (`npm run -s lessons`). */
import { reader } from './expression.ts';
import { type CurvePrediction, queryOf } from './lesson.ts';
import { lessons } from './lessons.ts';

export { lessons, queryOf, reader };

/** Points of a drawing, as shares of width and height of the axes, that follows the curve of the results. */
export function sketchOf(
  { x, y, axes }: CurvePrediction,
  read: (name: string) => unknown,
): [number, number][] {
  const share = (value: number, [low, high]: readonly [number, number]) => (value - low) / (high - low);
  const [xs, ys] = [x.value(read), y.value(read)] as [number[], (number | null)[]];
  return xs.flatMap((place, k): [number, number][] => {
    const value = ys[k];
    const right = share(place, axes.x);
    if (value === null || right < 0 || right > 1) return [];
    return [[right, Math.min(1, Math.max(0, share(value, axes.y)))]];
  });
}
