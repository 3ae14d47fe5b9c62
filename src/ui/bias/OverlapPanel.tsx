/** How far neighbouring windows have seen the same states: the verdict before any free energy. */
import { type PointerEvent, useMemo, useState } from 'react';
import type { Overlap, WindowReport } from '../../core/method.ts';
import { cellAt, OVERLAP_MARGINS, overlapFigure } from '../../plots/overlap.ts';
import { viridisScale } from '../../plots/palette.ts';
import { insetOf } from '../DotsOverlay.tsx';
import { FigureFrame } from '../FigureFrame.tsx';
import { fixed, short } from '../format.ts';
import { usePalette } from '../theme.ts';

interface OverlapProps {
  readonly overlap: Overlap;
  readonly windows: readonly WindowReport[];
  readonly cv: string;
}

export function OverlapPanel({ overlap, windows, cv }: OverlapProps) {
  const palette = usePalette();
  const figure = useMemo(() => overlapFigure(overlap, palette), [overlap, palette]);
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
      title="Overlap of windows"
      numbers={`spectral gap ${short(overlap.gap, 2)}`}
      extra={<ShareLegend />}
      figure={figure}
      summary={summaryOf(overlap)}
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
  if (!cell || cell[0] >= count || cell[1] >= count) return 'Point at a cell to read its share.';
  const [i, j] = cell;
  const name = (k: number) => `${k + 1} (${cv} = ${short(windows[k]?.center ?? Number.NaN, 2)})`;
  return `Window ${name(j)} claims ${fixed(100 * matrix[i * count + j], 1)} % of the samples of window ${name(i)}.`;
}

function ShareLegend() {
  const gradient = `linear-gradient(90deg, ${viridisScale()
    .filter((_, index) => index % 4 === 0)
    .map(([t, color]) => `${color} ${100 * t}%`)
    .join(', ')})`;
  return (
    <span className="color-bar">
      share: 0 <i style={{ background: gradient }} /> 1
    </span>
  );
}

/** The weakest link between neighbours decides. */
function summaryOf({ matrix, windows, gap }: Overlap): string {
  let weakest = { share: Number.POSITIVE_INFINITY, at: 0 };
  for (let i = 0; i + 1 < windows; i++) {
    const share = Math.min(matrix[i * windows + i + 1], matrix[(i + 1) * windows + i]);
    if (share < weakest.share) weakest = { share, at: i };
  }
  const link =
    windows > 1
      ? ` The weakest neighbours are windows ${weakest.at + 1} and ${weakest.at + 2}: ${fixed(100 * weakest.share, 1)} %.`
      : '';
  return `Overlap matrix of ${windows} windows; spectral gap ${short(gap, 2)}, 0 if they fall apart.${link}`;
}
