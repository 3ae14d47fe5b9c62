import { useMemo } from 'react';
import { comparable, freeEnergyError } from '../../core/metrics/free-energy-error.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { freeEnergyFigure } from '../../plots/free-energy.ts';
import { FigureFrame, type LegendEntry } from '../../shell/figure/FigureFrame.tsx';
import { cvOfExperiment, hasExactDensity, hasPotential } from '../../shell/parts/system.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { reference, useReference } from '../../shell/runs/reference.ts';
import { useSampled } from '../../shell/runs/signal.ts';
import { simulation } from '../../shell/runs/simulation.ts';
import { usePalette } from '../../shell/theme.ts';
import { text } from '../../text/index.ts';

const BINS = 60;

const words = text.explore.freeEnergy;
const LEGEND: readonly LegendEntry[] = [
  { label: words.exact, kind: 'exact' },
  { label: words.simulation, kind: 'simulation', mark: 'dot' },
  { label: words.unvisited, kind: 'unvisited', mark: 'area' },
];

export function FreeEnergyPanel({ experiment }: { experiment: Experiment }) {
  const frame = useSampled(simulation.frame, REFRESH.freeEnergy);
  const palette = usePalette();
  const { label: cv, range } = cvOfExperiment(experiment);
  const quiet = !hasExactDensity(experiment);
  const found = useReference(reference.freeEnergy(experiment, BINS, quiet));
  // Histograms know of bins.
  const exact = useMemo(() => found && comparable(found, 'bin'), [found]);
  const estimate = frame && frame.step > 0 ? frame.freeEnergy : null;
  const potential = hasPotential(experiment);
  const quantity = potential ? text.parts.freeEnergyInKt(cv) : text.parts.negativeLogDensity(cv);
  const figure = useMemo(
    () => freeEnergyFigure(exact, estimate, { cv, range, quantity }, palette),
    [exact, estimate, cv, range, quantity, palette],
  );
  const error = exact && estimate && freeEnergyError(estimate, exact);
  const title = potential ? text.parts.freeEnergy(cv) : quantity;
  return (
    <FigureFrame
      className="tall"
      title={title}
      numbers={text.parts.error(error)}
      legend={exact ? LEGEND : LEGEND.slice(1)}
      extra={potential ? undefined : <span>{words.noPotential}</span>}
      figure={figure}
      summary={words.summary(title, exact !== null, text.parts.errorInWords(error))}
    />
  );
}
