/** Conditional mean and variance along the whole slow variable, made in the background, against the exact ones. */

import { useEffect, useMemo } from 'react';
import { families } from '../../catalog.ts';
import type { ConditionalMoments } from '../../core/exact/answers.ts';
import { inSymbols } from '../../core/expression/symbols.ts';
import { linspace } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { encodeQuery } from '../../core/settings/query.ts';
import { type MomentCurve, momentsFigure } from '../../plots/conditional-moments.ts';
import { FigureFrame } from '../../shell/figure/FigureFrame.tsx';
import { cvOfExperiment, systemOf } from '../../shell/parts/system.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { reference, useReference } from '../../shell/runs/reference.ts';
import { isBusy } from '../../shell/runs/run.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import { usePalette } from '../../shell/theme.ts';
import { text } from '../../text/index.ts';
import { Sweep, type SweepState } from './sweep.ts';
import { type Conditioned, client } from './use-conditioned.ts';

const sweep = new Sweep(client);

const words = text.condition.sweep;
/** Settings come in bursts: a sweep begins when they have rested so long, ms. */
const AT_REST = 900;
const EXACT_VALUES = 61;
/** Another value of these changes no sweep. */
const BESIDE = { station: 'condition', at: [0], sigma: 1 } as const;

interface PanelProps {
  readonly experiment: Experiment;
  readonly conditioned: Conditioned;
}

export function SweepPanel({ experiment, conditioned }: PanelProps) {
  const palette = usePalette();
  const { at, distribution, support } = conditioned;
  const { label: cv, range } = cvOfExperiment(experiment);
  const key = useKey(experiment);
  useAutomatic(key, experiment, conditioned.generated?.done === true);
  const state = useSampled(sweep.state, REFRESH.sweep);
  const shown = state.key === key ? state : null;
  const exact = useExactMoments(experiment);
  const coordinates = systemOf(experiment).coordinates;
  const d = distribution ? coordinates.indexOf(distribution.coordinate) : 1;
  const points = useMemo(
    () => (shown?.points ?? []).map((point) => ({ at: point.at, ...point.moments[d] })),
    [shown, d],
  );
  const curve = useMemo(() => exact && curveOf(exact, d), [exact, d]);
  const thin = support?.thin;
  const figure = useMemo(
    () =>
      momentsFigure(points, curve, { cv, coordinate: coordinates[d], range, thin: thin ?? [], at }, palette),
    [points, curve, cv, coordinates, d, range, thin, at, palette],
  );
  return (
    <FigureFrame
      className="sweep"
      title={words.title(inSymbols(coordinates[d]), cv)}
      legend={[
        { label: words.exact, kind: 'exact' },
        { label: words.model, kind: 'model', mark: 'dot' },
        ...(thin?.length ? [{ label: words.fewData, kind: 'unvisited', mark: 'area' } as const] : []),
      ]}
      extra={<Progress state={shown} restart={() => sweep.restart(key, experiment)} />}
      figure={figure}
      summary={summaryOf(points, curve, inSymbols(coordinates[d]), cv)}
    />
  );
}

/** Of everything that shapes a sweep: the settings, and how far the model has been trained. */
function useKey(experiment: Experiment): string {
  const trainedOn = useSignal(client.trainedOn);
  const { step } = useSampled(client.progress, REFRESH.sweep);
  return useMemo(() => {
    const settings = encodeQuery({ ...experiment, ...BESIDE }, families);
    return trainedOn ? `${settings} ${encodeQuery(trainedOn, families)} ${step}` : '';
  }, [experiment, trainedOn, step]);
}

/** Begins when a model has answered and rests. */
function useAutomatic(key: string, experiment: Experiment, answered: boolean): void {
  const busy = isBusy(useSignal(client.state));
  const fits = client.fits(experiment);
  const wanted = key !== '' && answered && !busy && fits;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says of the experiment what matters
  useEffect(() => {
    if (!wanted) return;
    const timer = setTimeout(() => sweep.begin(key, experiment), AT_REST);
    return () => clearTimeout(timer);
  }, [key, wanted]);
  // Nobody looks at what a station makes that is not open, and values of other settings are of no use.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what runs under another key is to end
  useEffect(() => () => sweep.cancel(), [key]);
}

function useExactMoments(experiment: Experiment): ConditionalMoments | null {
  const { range } = cvOfExperiment(experiment);
  return useReference(
    reference.conditionalMoments(experiment, [...linspace(range[0], range[1], EXACT_VALUES)]),
  );
}

function curveOf({ at, mean, variance }: ConditionalMoments, d: number): MomentCurve {
  const part = (values: Float64Array) => values.subarray(d * at.length, (d + 1) * at.length);
  return { at, mean: part(mean), variance: part(variance) };
}

function Progress({ state, restart }: { state: SweepState | null; restart: () => void }) {
  if (!state || state.phase === 'idle') return null;
  const { points, total, phase } = state;
  if (phase === 'done') return <span className="sweep-status">{words.values(total)}</span>;
  return (
    <span className="sweep-status">
      <progress max={total} value={points.length} aria-label={words.progress} />
      {words.of(points.length, total)}{' '}
      {phase === 'running' ? (
        <button type="button" className="chip" onClick={() => sweep.cancel()}>
          {words.cancel}
        </button>
      ) : (
        <button type="button" className="chip" onClick={restart}>
          {words.again}
        </button>
      )}
    </span>
  );
}

function summaryOf(
  points: readonly { readonly at: number; readonly mean: number }[],
  exact: MomentCurve | null,
  coordinate: string,
  cv: string,
): string {
  if (points.length === 0 || !exact) return words.exactOnly(coordinate, cv);
  const misses = points.map(({ at, mean }) => {
    const nearest = exact.at.reduce(
      (best, x, k) => (Math.abs(x - at) < Math.abs(exact.at[best] - at) ? k : best),
      0,
    );
    return Math.abs(mean - exact.mean[nearest]);
  });
  const known = misses.filter(Number.isFinite);
  return words.summary(coordinate, cv, points.length, Math.max(...known));
}
