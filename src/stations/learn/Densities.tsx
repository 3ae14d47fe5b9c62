/** Generated density beside the exact one. */
import { useMemo } from 'react';
import { cellCounts } from '../../core/estimators/histogram.ts';
import type { Grid, Points } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { densityPairFigure } from '../../plots/density-pair.ts';
import { FigureFrame, type LegendEntry } from '../../shell/figure/FigureFrame.tsx';
import { systemOf } from '../../shell/parts/system.ts';
import { usePalette } from '../../shell/theme.ts';
import { text } from '../../text/index.ts';
import type { Divergence, GeneratedStates } from './use-generated.ts';
import { useTrainingStates } from './use-particles.ts';

const words = text.learn.densities;

interface DensitiesProps {
  readonly experiment: Experiment;
  /** Exact probability of each cell. */
  readonly exact: Grid | null;
  readonly states: GeneratedStates | null;
  readonly divergence: Divergence | null;
}

export function Densities({ experiment, exact, states, divergence }: DensitiesProps) {
  const palette = usePalette();
  const { coordinates, domain } = systemOf(experiment);
  const data = useTrainingStates(experiment);
  const grid = useMemo(
    () => (exact && states ? histogram(states.points, exact, domain) : null),
    [exact, states, domain],
  );
  const by = experiment.denoiser;
  const figure = useMemo(
    () => exact && densityPairFigure({ exact, generated: grid, by, data, names: coordinates }, palette),
    [exact, grid, by, data, coordinates, palette],
  );
  const floor = divergence?.floor ?? null;
  return (
    <FigureFrame
      className="learn-densities"
      title={words.title}
      numbers={divergence ? words.js(divergence.js, floor) : undefined}
      legend={legendOf(states, by)}
      figure={figure}
      summary={divergence ? words.summary(divergence.js) : words.empty}
    />
  );
}

function legendOf(states: GeneratedStates | null, by: Experiment['denoiser']): LegendEntry[] {
  if (!states)
    return [
      { label: words.training, kind: 'simulation', mark: 'dot' },
      { label: words.exact, kind: 'exact', mark: 'area' },
    ];
  const count = states.points.values.length / states.points.dimension;
  const label = by === 'exact' ? words.byExact(count) : words.byNetwork(count, states.done);
  return [
    { label, kind: 'model', mark: 'area' },
    { label: words.exact, kind: 'exact', mark: 'area' },
  ];
}

function histogram(points: Points, exact: Grid, domain: readonly (readonly [number, number])[]): Grid {
  const count = points.values.length / points.dimension;
  const values = cellCounts(points, domain, exact.xs.length).map((n) => n / count);
  return { xs: exact.xs, ys: exact.ys, values };
}
