/** In one line: how far the walkers are on their way from where they started. */
import type { Experiment } from '../../core/params/experiment.ts';
import type { SimulationFrame } from '../../core/sampling/frames.ts';
import { Headline } from '../../shell/parts/Headline.tsx';
import { hasExactDensity, startName } from '../../shell/parts/system.ts';
import type { WellShares } from '../../shell/parts/use-wells.ts';
import { useSignal } from '../../shell/runs/signal.ts';
import { simulation } from '../../shell/runs/simulation.ts';
import { text } from '../../text/index.ts';

interface StoryProps {
  readonly experiment: Experiment;
  readonly frame: SimulationFrame | null;
  readonly wellShares: readonly WellShares[];
}

/** Total variation distance between the shares of the wells and the exact ones below which they count as equal. */
const AS_IN_EQUILIBRIUM = 0.1;
/** Share of a run during which it is told what changed. */
const RECENT = 0.05;

const words = text.explore.story;
const atStart = text.parts.places.start;

export function Story({ experiment, frame, wellShares }: StoryProps) {
  const { phase } = useSignal(simulation.state);
  const waiting = (phase === 'idle' || phase === 'paused') && (frame?.time ?? 0) === 0;
  const title = phase === 'failed' ? words.failed : titleOf(experiment, frame, wellShares);
  const end = phase === 'finished' ? words.finished(experiment.time) : '';
  return (
    <Headline title={waiting ? words.ready : title}>
      {words.text(experiment.walkers, whereabouts(experiment, frame))}
      {waiting ? words.pressPlay : end}
      {useNews(experiment, frame)}
    </Headline>
  );
}

function titleOf(
  experiment: Experiment,
  frame: SimulationFrame | null,
  wellShares: readonly WellShares[],
): string {
  const start = startName(experiment);
  if (wellShares.length < 2) return wellShares.length === 1 ? words.oneWell : words.running;
  const home = wellShares.find(({ name }) => name === experiment.start)?.exact;
  const outside = (frame?.escaped ?? 0) / experiment.walkers;
  const progress = outside / Math.max(home == null ? 0.5 : 1 - home, 1e-3);
  if (progress < 0.4) return start === atStart ? words.trappedAtStart : words.trapped(start);
  const distance = distanceOf(wellShares);
  if (progress < 0.85 || distance === null) return words.leaving(start);
  if (distance < AS_IN_EQUILIBRIUM) return words.equilibrium;
  return start === atStart ? words.awayFromStart : words.outside(start);
}

/** Total variation distance of the shares of all wells from the exact ones; null as long as one is not known. */
function distanceOf(wellShares: readonly WellShares[]): number | null {
  let sum = 0;
  for (const { now, exact } of wellShares) {
    if (now === null || exact === null) return null;
    sum += Math.abs(now - exact);
  }
  return sum / 2;
}

function whereabouts(experiment: Experiment, frame: SimulationFrame | null): string {
  if (hasExactDensity(experiment)) {
    const start = startName(experiment);
    return words.escaped(frame?.escaped ?? 0, start === atStart ? null : start);
  }
  if (frame?.passages) return words.arrived(frame.passages.arrivals.length);
  return words.time(frame?.time ?? 0);
}

/** What was changed a moment ago, and what that did to the run. */
function useNews(experiment: Experiment, frame: SimulationFrame | null): string {
  const restarted = useSignal(simulation.restarted);
  const disturbed = useSignal(simulation.disturbed);
  const time = frame?.time ?? 0;
  const recent = RECENT * experiment.time;
  if (disturbed && time < disturbed.time + recent) return words.averagesReset(disturbed.cause);
  if (restarted && time < recent) return words.restarted(restarted);
  return '';
}
