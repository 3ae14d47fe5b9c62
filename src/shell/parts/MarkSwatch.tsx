/** The mark of a run as figures draw it: a piece of its line with its symbol. */
import { type RunFamily, runMark } from '../../plots/run-marks.ts';
import { usePalette } from '../theme.ts';

const DASHES: Readonly<Record<string, string>> = {
  solid: '',
  dash: '6 3',
  dot: '2 3',
  dashdot: '6 3 2 3',
  longdash: '10 4',
};

/** Outlines of the symbols in a box from -4 to 4. */
const OUTLINES: Readonly<Record<string, string>> = {
  circle: 'M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0Z',
  square: 'M-3-3H3V3H-3Z',
  diamond: 'M0-4L4 0L0 4L-4 0Z',
  'triangle-up': 'M0-3.6L4 3H-4Z',
  x: 'M-4-2L-2-4L0-2L2-4L4-2L2 0L4 2L2 4L0 2L-2 4L-4 2L-2 0Z',
  star: 'M0-4L1.2-1.3L4-1.1L1.8.8L2.5 3.6L0 2.1L-2.5 3.6L-1.8.8L-4-1.1L-1.2-1.3Z',
  'triangle-down': 'M0 3.6L4-3H-4Z',
};

export function MarkSwatch({ family, mark }: { family: RunFamily; mark: number }) {
  const { color, symbol, dash } = runMark(family, mark, usePalette());
  return (
    <svg className="run-mark" viewBox="-14 -5 28 10" aria-hidden="true">
      <path d="M-14 0H14" stroke={color} strokeWidth="1.5" strokeDasharray={DASHES[dash]} />
      <path d={OUTLINES[symbol]} fill={color} />
    </svg>
  );
}
