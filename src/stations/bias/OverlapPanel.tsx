/** How far neighbouring windows have seen the same states: the verdict before any free energy. */
import { type PointerEvent, useMemo, useState } from 'react';
import type { Overlap, WindowReport } from '../../core/estimators/finding.ts';
import { cellAt, largestShare, OVERLAP_MARGINS, overlapFigure } from '../../plots/overlap.ts';
import { viridisScale } from '../../plots/palette.ts';
import { insetOf } from '../../shell/figure/DotsOverlay.tsx';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { usePalette } from '../../shell/theme.ts';
import { fixed, short } from '../../text/format.ts';

interface OverlapProps {
  readonly overlap: Overlap;
  readonly windows: readonly WindowReport[];
  readonly cv: string;
}

export function OverlapPanel({ overlap, windows, cv }: OverlapProps) {
  const palette = usePalette();
  // Methods without windows compare other states, such as temperatures.
  const noun = windows.length > 0 ? 'window' : 'state';
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
      title={`Overlap of ${noun}s`}
      numbers={`spectral gap ${short(overlap.gap, 2)}`}
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
  if (!cell || cell[0] >= count || cell[1] >= count) return 'Point at a cell to read its share.';
  const [i, j] = cell;
  const name = (k: number) =>
    windows[k] ? `window ${k + 1} (${cv} = ${short(windows[k].center, 2)})` : `state ${k + 1}`;
  return `${fixed(100 * matrix[i * count + j], 1)} % of the samples of ${name(i)} are claimed by ${name(j)}.`;
}

function ShareLegend({ most }: { most: number }) {
  const gradient = `linear-gradient(90deg, ${viridisScale()
    .filter((_, index) => index % 4 === 0)
    .map(([t, color]) => `${color} ${100 * t}%`)
    .join(', ')})`;
  return (
    <span className="color-bar">
      share: 0 <i style={{ background: gradient }} /> {fixed(most, 2)}
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
  const link =
    windows > 1
      ? ` The weakest neighbours are ${noun}s ${weakest.at + 1} and ${weakest.at + 2}: ${fixed(100 * weakest.share, 1)} %.`
      : '';
  return `Overlap matrix of ${windows} ${noun}s; spectral gap ${short(gap, 2)}, 0 if they fall apart.${link}`;
}
