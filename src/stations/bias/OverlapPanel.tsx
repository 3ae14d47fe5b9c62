/** How far neighbouring windows have seen the same states: the verdict before any free energy. */
import { type PointerEvent, useMemo, useState } from 'react';
import type { Overlap, WindowReport } from '../../core/estimators/finding.ts';
import { cellAt, largestShare, OVERLAP_MARGINS, overlapFigure } from '../../plots/overlap.ts';
import { viridisScale } from '../../plots/palette.ts';
import { insetOf } from '../../shell/figure/DotsOverlay.tsx';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { usePalette } from '../../shell/theme.ts';
import { fixed } from '../../text/format.ts';
import { text } from '../../text/index.ts';

const words = text.bias.overlap;

interface OverlapProps {
  readonly overlap: Overlap;
  readonly windows: readonly WindowReport[];
  readonly cv: string;
}

export function OverlapPanel({ overlap, windows, cv }: OverlapProps) {
  const palette = usePalette();
  // Methods without windows compare other states, such as temperatures.
  const noun = windows.length > 0 ? words.window : words.state;
  const figure = useMemo(() => overlapFigure(overlap, noun, palette), [overlap, noun, palette]);
  const [cell, setCell] = useState<readonly [number, number] | null>(null);
  const point = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    setCell(
      cellAt((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height, overlap.windows),
    );
  };
  return (
    <FigureFrame
      className="overlap"
      title={words.title(noun)}
      numbers={words.gap(overlap.gap)}
      extra={<ShareLegend most={largestShare(overlap)} />}
      figure={figure}
      summary={summaryOf(overlap, noun)}
    >
      <div
        className="plot-area"
        style={insetOf(OVERLAP_MARGINS)}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setCell(null)}
      />
      <p className="overlap-cell">{cellText(cell, overlap, windows, cv)}</p>
    </FigureFrame>
  );
}

function cellText(
  cell: readonly [number, number] | null,
  { matrix, windows: count }: Overlap,
  windows: readonly WindowReport[],
  cv: string,
): string {
  if (!cell || cell[0] >= count || cell[1] >= count) return words.point;
  const [i, j] = cell;
  const name = (k: number) =>
    windows[k] ? words.windowAt(k + 1, cv, windows[k].center) : words.stateAt(k + 1);
  return words.cell(matrix[i * count + j], name(i), name(j));
}

function ShareLegend({ most }: { most: number }) {
  const gradient = `linear-gradient(90deg, ${viridisScale()
    .filter((_, index) => index % 4 === 0)
    .map(([t, color]) => `${color} ${100 * t}%`)
    .join(', ')})`;
  return (
    <span className="color-bar">
      {words.scale} <i style={{ background: gradient }} /> {fixed(most, 2)}
    </span>
  );
}

/** The weakest link between neighbours decides. */
function summaryOf({ matrix, windows, gap }: Overlap, noun: string): string {
  let weakest = { share: Number.POSITIVE_INFINITY, at: 0 };
  for (let i = 0; i + 1 < windows; i++) {
    const share = Math.min(matrix[i * windows + i + 1], matrix[(i + 1) * windows + i]);
    if (share < weakest.share) weakest = { share, at: i };
  }
  const link = windows > 1 ? words.weakest(noun, weakest.at + 1, weakest.share) : '';
  return words.summary(windows, noun, gap) + link;
}
