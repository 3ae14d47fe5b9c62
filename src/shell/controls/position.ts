/** Slider positions. A slider with a logarithmic scale moves in equal ratios and stops at round numbers. */
import type { NumberSpec } from '../../core/params/params.ts';

export const POSITIONS = 1000;

export function positionOf(spec: NumberSpec, value: number): number {
  const { min, max } = spec;
  const share =
    spec.scale === 'log' ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.round(POSITIONS * Math.min(1, Math.max(0, share)));
}

export function valueAt(spec: NumberSpec, position: number): number {
  const { min, max } = spec;
  const share = position / POSITIONS;
  if (share <= 0) return min;
  if (share >= 1) return max;
  const value = spec.scale === 'log' ? min * (max / min) ** share : min + (max - min) * share;
  const tidy = spec.step ? Math.round(value / spec.step) * spec.step : value;
  const rounded = Number(tidy.toPrecision(spec.step ? 12 : spec.scale === 'log' ? 2 : 3));
  const inside = Math.min(max, Math.max(min, rounded));
  return spec.integer ? Math.round(inside) : inside;
}

/** The neighbouring stop of the slider, so that one press of an arrow key always changes something. */
export function neighbour(spec: NumberSpec, value: number, direction: 1 | -1, far: boolean): number {
  const from = positionOf(spec, value);
  for (let position = from + direction * (far ? 100 : 1); ; position += direction) {
    const next = valueAt(spec, Math.min(POSITIONS, Math.max(0, position)));
    if (next !== value || position <= 0 || position >= POSITIONS) return next;
  }
}
