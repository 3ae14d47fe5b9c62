/** Walkers in the energy landscape: how long they stay where they started, and what that does to an average. */
import { useMemo } from 'react';
import type { Points } from '../../core/channels.ts';
import { freeEnergyRmse } from '../../core/estimators/histogram.ts';
import type { Experiment } from '../../core/experiment.ts';
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
import { useWells, type WellShares } from '../parts/use-wells.ts';
import { useReference } from '../runs/reference.ts';
import { simulation } from '../runs/simulation.ts';
import { useSampled, useSignal } from '../signal.ts';
import type { Station } from '../stations.ts';
import { useExperiment } from '../store.ts';
import { usePalette } from '../theme.ts';

/** Unequal, so that the plots are seldom drawn in the same frame of the screen. */
const REFRESH = 250;
const TRACE_REFRESH = 310;
const FREE_ENERGY_REFRESH = 530;
const BINS = 60;

const walkers: DotSource = {
  get: (): Points | null => simulation.frame.get()?.walkers ?? null,
  subscribe: simulation.frame.subscribe,
};

function Explore() {
  const experiment = useExperiment();
  const frame = useSampled(simulation.frame, REFRESH);
  const wellShares = useWells(experiment, frame?.walkers ?? null);
  return (
    <>
      <div className="stage">
        <Story experiment={experiment} frame={frame} wellShares={wellShares} />
        <Problems run={simulation} />
        <Walkers experiment={experiment} frame={frame} />
        <Trace experiment={experiment} />
      </div>
      <div className="side">
        <FreeEnergyPanel experiment={experiment} />
        <Populations wells={wellShares} />
        <p className="remark">
          The error bars come from the spread between walkers. They know nothing of a well that no walker has
          found.
        </p>
      </div>
    </>
  );
}

/** How far the walkers are on their way from the well where they started to equilibrium. */
function storyOf(start: string, outside: number, exact: number | null): string {
  const progress = outside / Math.max(exact ?? 0.5, 1e-3);
  if (progress < 0.4) return `Trapped in the ${start} well`;
  return progress < 0.85 ? `Leaving the ${start} well` : 'Spread as in equilibrium';
}

interface PartProps {
  readonly experiment: Experiment;
  readonly frame: SimulationFrame | null;
}

function Story({ experiment, frame, wellShares }: PartProps & { wellShares: readonly WellShares[] }) {
  const { start } = experiment;
  const { phase } = useSignal(simulation.state);
  const restarted = useSignal(simulation.restarted);
  const escaped = frame?.escaped ?? 0;
  const home = wellShares.find(({ name }) => name === start)?.exact;
  const title =
    phase === 'failed'
      ? 'The run broke down'
      : storyOf(start, escaped / experiment.walkers, home == null ? null : 1 - home);
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
  const { title, domain } = systemOf(experiment);
  const { start } = experiment;
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

function Trace({ experiment }: { experiment: Experiment }) {
  const frame = useSampled(simulation.frame, TRACE_REFRESH);
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

function FreeEnergyPanel({ experiment }: { experiment: Experiment }) {
  const frame = useSampled(simulation.frame, FREE_ENERGY_REFRESH);
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

const station: Station = { id: 'explore', title: 'Explore', order: 1, run: simulation, View: Explore };
export default station;
