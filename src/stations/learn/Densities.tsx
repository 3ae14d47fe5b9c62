/** Generated density beside the exact one. */
import { useMemo } from 'react';
import { cellCounts } from '../../core/estimators/histogram.ts';
import type { Grid, Points } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { densityPairFigure } from '../../plots/density-pair.ts';
import { FigureFrame, type LegendEntry } from '../../shell/figure/FigureFrame.tsx';
import { systemOf } from '../../shell/parts/system.ts';
import { usePalette } from '../../shell/theme.ts';
import { plural, short } from '../../text/format.ts';
import type { Divergence, GeneratedStates } from './use-generated.ts';
import { useTrainingStates } from './use-particles.ts';

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
      title="Generated beside exact"
      numbers={
        divergence
          ? `JS ${short(divergence.js)}${floor === null ? '' : ` · floor ${short(floor)}`}`
          : undefined
      }
      legend={legendOf(states, by)}
      figure={figure}
      summary={
        divergence
          ? `Density of generated states beside the exact density; Jensen-Shannon divergence ${short(divergence.js)}.`
          : 'Training states beside the exact density; nothing is generated yet.'
      }
    />
  );
}

function legendOf(states: GeneratedStates | null, by: Experiment['denoiser']): LegendEntry[] {
  if (!states)
    return [
      { label: 'training states', kind: 'simulation', mark: 'dot' },
      { label: 'exact density', kind: 'exact', mark: 'area' },
    ];
  const count = plural(states.points.values.length / states.points.dimension, 'generated state');
  const label = by === 'exact' ? `${count}, exact denoiser` : `${count}${states.done ? '' : ', a preview'}`;
  return [
    { label, kind: 'model', mark: 'area' },
    { label: 'exact density', kind: 'exact', mark: 'area' },
  ];
}

function histogram(points: Points, exact: Grid, domain: readonly (readonly [number, number])[]): Grid {
  const count = points.values.length / points.dimension;
  const values = cellCounts(points, domain, exact.xs.length).map((n) => n / count);
  return { xs: exact.xs, ys: exact.ys, values };
}
