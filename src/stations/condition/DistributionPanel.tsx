/** The distribution of what the slow variable leaves free: exact, of the model, of a restrained simulation, of the data nearby. */
import { useMemo } from 'react';
import { inSymbols } from '../../core/expression/symbols.ts';
import type { ConditionalDistribution } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { conditionalFigure } from '../../plots/conditional.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { cvOfExperiment, rangeOfRest } from '../../shell/parts/system.ts';
import { usePalette } from '../../shell/theme.ts';
import { counted, fixed, plural, short } from '../../text/format.ts';
import { isThin } from './data-support.ts';
import type { Conditioned } from './use-conditioned.ts';
import { type Distance, type Distances, useDistances } from './use-distances.ts';
import { useMoveTo } from './use-move-to.ts';

interface PanelProps {
  readonly experiment: Experiment;
  readonly conditioned: Conditioned;
}

export function DistributionPanel({ experiment, conditioned }: PanelProps) {
  const palette = usePalette();
  const { at, distribution, model, restrained, nearby, support } = conditioned;
  const { label: cv } = cvOfExperiment(experiment);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the range follows from the distribution and the system
  const figure = useMemo(
    () =>
      distribution &&
      conditionalFigure(
        distribution,
        { model, restrained, nearby },
        { cv, range: rangeOfRest(experiment, distribution) },
        palette,
      ),
    [distribution, model, restrained, nearby, cv, experiment.system, palette],
  );
  const distances = useDistances(experiment, conditioned);
  return (
    <>
      <FigureFrame
        className="square"
        title={
          distribution
            ? `Distribution of ${inSymbols(distribution.coordinate)} given ${cv} = ${short(distribution.at)}`
            : 'Conditional distribution'
        }
        numbers={distances.model ? `W₁ ${short(distances.model.w1)}` : undefined}
        legend={[
          { label: 'exact', kind: 'exact' },
          {
            label: model ? plural(model.length, 'generated state') : 'generated states',
            kind: 'model',
            mark: 'area',
          },
          { label: 'restrained simulation', kind: 'biased' },
          { label: 'data nearby', kind: 'simulation' },
          ...(support && isThin(support, at)
            ? [{ label: 'few data here: extrapolated', kind: 'unvisited', mark: 'area' } as const]
            : []),
        ]}
        figure={figure}
        summary={summaryOf(distribution, cv, distances)}
      />
      <ValueSlider experiment={experiment} at={conditioned.at} />
      <DistanceTable distances={distances} />
      <HowRestrained experiment={experiment} conditioned={conditioned} />
    </>
  );
}

function summaryOf(
  distribution: ConditionalDistribution | null,
  cv: string,
  { model, restrained, nearby }: Distances,
): string {
  if (!distribution) return 'The exact conditional distribution is being computed.';
  const parts = [
    model && `generated states ${short(model.w1)}`,
    restrained && `restrained simulation ${short(restrained.w1)}`,
    nearby && `data nearby ${short(nearby.w1)}`,
  ].filter((part) => part !== null);
  const exact = `Exact density of ${inSymbols(distribution.coordinate)} given ${cv} = ${short(distribution.at)}, mean ${fixed(distribution.mean, 2)}`;
  return parts.length === 0
    ? `${exact}; nothing is generated yet.`
    : `${exact}; Wasserstein distances from it: ${parts.join(', ')}.`;
}

const POSITIONS = 400;

function ValueSlider({ experiment, at }: { experiment: Experiment; at: number }) {
  const { label, range } = cvOfExperiment(experiment);
  const moveTo = useMoveTo();
  const [low, high] = range;
  const share = (at - low) / (high - low);
  return (
    <input
      type="range"
      className="slider"
      min={0}
      max={POSITIONS}
      value={Math.round(POSITIONS * share)}
      style={{ '--share': `${100 * share}%` } as React.CSSProperties}
      aria-label={`Value of ${label} at which the distribution is drawn`}
      aria-valuetext={`${label} = ${short(at)}`}
      onChange={(event) =>
        moveTo(Number((low + (event.target.valueAsNumber / POSITIONS) * (high - low)).toFixed(3)))
      }
    />
  );
}

function DistanceTable({ distances }: { distances: Distances }) {
  return (
    <table className="distances" aria-label="Distances from the exact distribution">
      <thead>
        <tr>
          <td />
          <th scope="col">states</th>
          <th scope="col">W₁</th>
          <th scope="col" title="What as many independent exact samples score">
            floor
          </th>
        </tr>
      </thead>
      <tbody>
        <Row kind="model" name="the model" distance={distances.model} />
        <Row kind="biased" name="restrained simulation" distance={distances.restrained} />
        <Row kind="simulation" name="data nearby" distance={distances.nearby} />
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly kind: string;
  readonly name: string;
  readonly distance: Distance | null;
}

function Row({ kind, name, distance }: RowProps) {
  const { count, w1, floor } = distance ?? { count: null, w1: Number.NaN, floor: null };
  return (
    <tr className={kind} data-source={kind}>
      <th scope="row">{name}</th>
      <td>{count?.toLocaleString('en') ?? '–'}</td>
      <td className="figure-cell">{short(w1)}</td>
      <td>{floor === null ? '–' : short(floor)}</td>
    </tr>
  );
}

function HowRestrained({ experiment, conditioned: { restraint, cost } }: PanelProps) {
  const { label } = cvOfExperiment(experiment);
  const { samples, problem } = restraint;
  if (problem) return <p className="problem-text">The restrained simulation failed: {problem}</p>;
  if (!samples)
    return (
      <p className="remark">
        A restrained simulation of {counted(cost.evaluations)} force evaluations follows when the value rests.
      </p>
    );
  return (
    <p className="remark">
      Restrained: walkers pulled from the start by a spring, {counted(samples.forceEvaluations)} force
      evaluations,{' '}
      {cost.isOfModel
        ? 'one for each network evaluation of the model'
        : 'about what a network would take for these states'}{' '}
      (training not counted). The spring alone leaves {label} a width of {short(samples.width, 2)}; that is
      not corrected but narrowed: only states within ±{short(samples.reach, 2)} are kept. The floor is that of
      independent states, and these are not.
    </p>
  );
}
