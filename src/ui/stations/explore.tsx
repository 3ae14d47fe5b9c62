/** Walkers in the energy landscape: how long they stay where they started, and what that does to an average. */
import { useMemo } from 'react';
import { families } from '../../catalog.ts';
import type { Points } from '../../core/channels.ts';
import { DENSITY_BINS } from '../../core/comparison.ts';
import { freeEnergyRmse } from '../../core/estimators/histogram.ts';
import { Basins } from '../../core/exact/basins.ts';
import type { Experiment } from '../../core/experiment.ts';
import { settingOf } from '../../core/model.ts';
import type { SimulationFrame } from '../../core/protocol.ts';
import { freeEnergyFigure } from '../../plots/free-energy.ts';
import { LANDSCAPE_MARGINS } from '../../plots/landscape.ts';
import { traceFigure } from '../../plots/trace.ts';
import { type DotSource, DotsOverlay } from '../DotsOverlay.tsx';
import { FigureFrame } from '../FigureFrame.tsx';
import { fixed, plural, short } from '../format.ts';
import { Headline } from '../parts/Headline.tsx';
import { LandscapeLegend } from '../parts/LandscapeLegend.tsx';
import { Populations } from '../parts/Populations.tsx';
import { Problems } from '../parts/Problem.tsx';
import { cvOfExperiment, energyKey, systemOf, wells } from '../parts/system.ts';
import { useLandscape } from '../parts/use-landscape.ts';
import { useReference } from '../runs/reference.ts';
import { simulation } from '../runs/simulation.ts';
import { useSampled, useSignal } from '../signal.ts';
import type { Station } from '../stations.ts';
import { useExperiment } from '../store.ts';
import { usePalette } from '../theme.ts';

const REFRESH = 250;
const BINS = 60;

const walkers: DotSource = {
  get: (): Points | null => simulation.frame.get()?.walkers ?? null,
  subscribe: simulation.frame.subscribe,
};

function Explore() {
  const experiment = useExperiment();
  const frame = useSampled(simulation.frame, REFRESH);
  return (
    <>
      <div className="stage">
        <Story experiment={experiment} frame={frame} />
        <Problems run={simulation} />
        <Walkers experiment={experiment} frame={frame} />
        <Trace experiment={experiment} frame={frame} />
      </div>
      <div className="side">
        <FreeEnergyPanel experiment={experiment} frame={frame} />
        <Shares experiment={experiment} frame={frame} />
      </div>
    </>
  );
}

interface PartProps {
  readonly experiment: Experiment;
  readonly frame: SimulationFrame | null;
}

function Story({ experiment, frame }: PartProps) {
  const { start } = systemOf(experiment);
  const { phase } = useSignal(simulation.state);
  const restarted = useSignal(simulation.restarted);
  const escaped = frame?.escaped ?? 0;
  const share = escaped / experiment.walkers;
  const title =
    share > 0.4
      ? 'Spread over the wells'
      : share > 0.1
        ? `Leaving the ${start} well`
        : `Trapped in the ${start} well`;
  const end = phase === 'finished' ? ` The run is over: ${short(experiment.time)} τ.` : '';
  const cause =
    restarted && (frame?.time ?? 0) < 0.05 * experiment.time
      ? ` Started anew: ${restarted.toLowerCase()} changed.`
      : '';
  return (
    <Headline title={title}>
      {`${plural(experiment.walkers, 'walker')}, ${escaped.toLocaleString('en')} outside the ${start} well.${end}${cause}`}
    </Headline>
  );
}

function Walkers({ experiment, frame }: PartProps) {
  const palette = usePalette();
  const { figure, ceiling } = useLandscape(experiment);
  const { title, domain, start } = systemOf(experiment);
  const summary =
    `Energy landscape of the ${title} with ${plural(experiment.walkers, 'walker')}; ` +
    `${frame?.escaped ?? 0} are outside the ${start} well, where all started.`;
  return (
    <FigureFrame
      className="main-figure"
      title="Energy landscape"
      legend={[{ label: 'walkers', kind: 'simulation', mark: 'dot' }]}
      extra={<LandscapeLegend ceiling={ceiling} />}
      figure={figure}
      summary={summary}
    >
      <DotsOverlay
        source={walkers}
        margins={LANDSCAPE_MARGINS}
        domain={domain}
        color={palette.simulation}
        ring={palette.paper}
      />
    </FigureFrame>
  );
}

function Trace({ experiment, frame }: PartProps) {
  const palette = usePalette();
  const { id: cv, range } = cvOfExperiment(experiment);
  const { time } = experiment;
  const series = frame?.trace ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the wells follow from the system and the slow variable
  const figure = useMemo(
    () => traceFigure(series, { cv, range, time, levels: wells(experiment) }, palette),
    [series, experiment.system, cv, range, time, palette],
  );
  const now = series && series.y.length > 0 ? series.y[series.y.length - 1] : null;
  return (
    <FigureFrame
      className="strip"
      title={`Slow variable ${cv} of the first walker`}
      numbers={now === null ? undefined : `${cv} = ${fixed(now, 2)}`}
      figure={figure}
      summary={`Slow variable ${cv} of the first walker against time, now ${now === null ? 'at its start' : fixed(now, 2)}.`}
    />
  );
}

function FreeEnergyPanel({ experiment, frame }: PartProps) {
  const palette = usePalette();
  const { id: cv, range } = cvOfExperiment(experiment);
  const { kT } = experiment;
  const exact = useReference(
    (client) => client.freeEnergy(experiment, BINS),
    `${energyKey(experiment)} ${kT} ${cv}`,
  );
  const estimate = frame && frame.step > 0 ? frame.freeEnergy : null;
  const figure = useMemo(
    () => freeEnergyFigure(exact, estimate, { cv, range }, palette),
    [exact, estimate, cv, range, palette],
  );
  const rmse = exact && estimate ? freeEnergyRmse(estimate, exact) : null;
  return (
    <FigureFrame
      title={`Free energy F(${cv})`}
      numbers={rmse === null ? undefined : `RMSE ${fixed(rmse, 2)} kT`}
      legend={[
        { label: 'exact', kind: 'exact' },
        { label: 'simulation ± 1 s.e.', kind: 'simulation', mark: 'dot' },
        { label: 'never visited', kind: 'unvisited', mark: 'area' },
      ]}
      figure={figure}
      summary={`Free energy along ${cv}: exact curve and the estimate from the walkers${
        rmse === null ? '' : `, root mean square error ${fixed(rmse, 2)} kT`
      }.`}
    />
  );
}

function Shares({ experiment, frame }: PartProps) {
  const key = energyKey(experiment);
  const cells = useReference(
    (client) => client.cellProbabilities(experiment, DENSITY_BINS),
    `${key} ${experiment.kT}`,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: basins depend on the energy only
  const basins = useMemo(() => new Basins(settingOf(experiment, families).model), [key]);
  return (
    <>
      <Populations experiment={experiment} basins={basins} walkers={frame?.walkers ?? null} cells={cells} />
      <p className="remark">
        The error bars come from the spread between walkers. They know nothing of a well that no walker has
        found.
      </p>
    </>
  );
}

const station: Station = { id: 'explore', title: 'Explore', order: 1, run: simulation, View: Explore };
export default station;
