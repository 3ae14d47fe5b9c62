import { useMemo } from 'react';
import { freeEnergyRmse } from '../../core/estimators/histogram.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { freeEnergyFigure } from '../../plots/free-energy.ts';
import { FigureFrame, type LegendEntry } from '../../shell/figure/FigureFrame.tsx';
import { cvOfExperiment, energyKey, hasExactDensity, hasPotential } from '../../shell/parts/system.ts';
import { useReference } from '../../shell/runs/reference.ts';
import { useSampled } from '../../shell/runs/signal.ts';
import { simulation } from '../../shell/runs/simulation.ts';
import { usePalette } from '../../shell/theme.ts';
import { fixed } from '../../text/format.ts';

/** Unlike those of the other plots, so that they are seldom drawn in the same frame of the screen. */
const REFRESH = 530;
const BINS = 60;

const LEGEND: readonly LegendEntry[] = [
  { label: 'exact', kind: 'exact' },
  { label: 'simulation ± 1 s.e.', kind: 'simulation', mark: 'dot' },
  { label: 'never visited', kind: 'unvisited', mark: 'area' },
];

export function FreeEnergyPanel({ experiment }: { experiment: Experiment }) {
  const frame = useSampled(simulation.frame, REFRESH);
  const palette = usePalette();
  const { id, label: cv, range } = cvOfExperiment(experiment);
  const { kT } = experiment;
  const quiet = !hasExactDensity(experiment);
  const exact = useReference(
    (client) => client.freeEnergy(experiment, BINS, quiet),
    `${energyKey(experiment)} ${kT} ${id}`,
  );
  const estimate = frame && frame.step > 0 ? frame.freeEnergy : null;
  const potential = hasPotential(experiment);
  const quantity = potential ? `F(${cv}) / kT` : `−log p(${cv})`;
  const figure = useMemo(
    () => freeEnergyFigure(exact, estimate, { cv, range, quantity }, palette),
    [exact, estimate, cv, range, quantity, palette],
  );
  const rmse = exact && estimate ? freeEnergyRmse(estimate, exact) : null;
  const error = rmse === null ? '' : `, root mean square error ${fixed(rmse, 2)} kT`;
  return (
    <FigureFrame
      className="tall"
      title={potential ? `Free energy F(${cv})` : quantity}
      numbers={rmse === null ? undefined : `RMSE ${fixed(rmse, 2)} kT`}
      legend={exact ? LEGEND : LEGEND.slice(1)}
      extra={potential ? undefined : <span>no potential: no energy, and no kT to measure it in</span>}
      figure={figure}
      summary={`${potential ? '' : `${quantity}, without a potential in place of the `}Free energy along ${cv}: ${exact ? 'exact curve and ' : ''}the estimate from the walkers${error}.`}
    />
  );
}
