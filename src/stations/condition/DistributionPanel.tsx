/** The distribution of what the slow variable leaves free: exact, of the model, of a restrained simulation, of the data nearby. */
import { useMemo } from 'react';
import { inSymbols } from '../../core/expression/symbols.ts';
import type { ConditionalDistribution } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { conditionalFigure } from '../../plots/conditional.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { cvOfExperiment, rangeOfRest } from '../../shell/parts/system.ts';
import { usePalette } from '../../shell/theme.ts';
import { short } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import { isThin } from './data-support.ts';
import type { Conditioned } from './use-conditioned.ts';
import type { Distance, Distances } from './use-distances.ts';
import { useMoveTo } from './use-move-to.ts';

interface PanelProps {
  readonly experiment: Experiment;
  readonly conditioned: Conditioned;
  readonly distances: Distances;
}

const words = text.condition.distribution;

export function DistributionPanel({ experiment, conditioned, distances }: PanelProps) {
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
  return (
    <>
      <FigureFrame
        className="square"
        title={
          distribution ? words.title(inSymbols(distribution.coordinate), cv, distribution.at) : words.unknown
        }
        numbers={distances.model ? words.w1(distances.model.w1) : undefined}
        legend={[
          { label: words.exact, kind: 'exact' },
          {
            label: words.generated(model?.length ?? null),
            kind: 'model',
            mark: 'area',
          },
          { label: words.restrained, kind: 'biased' },
          { label: words.nearby, kind: 'simulation' },
          ...(support && isThin(support, at)
            ? [{ label: words.fewData, kind: 'unvisited', mark: 'area' } as const]
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
  if (!distribution) return words.computing;
  const parts = [
    model && words.distanceOf(words.generated(null), model.w1),
    restrained && words.distanceOf(words.restrained, restrained.w1),
    nearby && words.distanceOf(words.nearby, nearby.w1),
  ].filter((part) => part !== null);
  const exact = words.density(inSymbols(distribution.coordinate), cv, distribution.at, distribution.mean);
  return parts.length === 0 ? words.noneGenerated(exact) : words.distances(exact, parts);
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
      aria-label={words.slider(label)}
      aria-valuetext={words.at(label, at)}
      onChange={(event) =>
        moveTo(Number((low + (event.target.valueAsNumber / POSITIONS) * (high - low)).toFixed(3)))
      }
    />
  );
}

function DistanceTable({ distances }: { distances: Distances }) {
  return (
    <table className="distances" aria-label={words.table}>
      <thead>
        <tr>
          <td />
          <th scope="col">{words.states}</th>
          <th scope="col" title={words.w1Hint}>
            {words.w1Name}
          </th>
          <th scope="col" title={words.floorHint}>
            {words.floor}
          </th>
        </tr>
      </thead>
      <tbody>
        <Row kind="model" name={words.model} distance={distances.model} />
        <Row kind="biased" name={words.restrained} distance={distances.restrained} />
        <Row kind="simulation" name={words.nearby} distance={distances.nearby} />
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

function HowRestrained({ experiment, conditioned: { restraint, cost } }: Omit<PanelProps, 'distances'>) {
  const { label } = cvOfExperiment(experiment);
  const { samples, problem } = restraint;
  if (problem) return <p className="problem-text">{words.restraintFailed(problem)}</p>;
  if (!samples) return <p className="remark">{words.restraintLater(cost.evaluations)}</p>;
  return <p className="remark">{words.restraint({ ...samples, cv: label, isOfModel: cost.isOfModel })}</p>;
}
