/** A score-based model learns the density from states: its field beside the exact field, its samples beside the exact density. */
import { useEffect, useMemo } from 'react';
import type { Grid, Points } from '../../core/channels.ts';
import { DENSITY_BINS, densityDivergence } from '../../core/comparison.ts';
import { cellCounts } from '../../core/estimators/histogram.ts';
import type { Experiment } from '../../core/experiment.ts';
import type { Standardisation } from '../../core/protocol.ts';
import { densityPairFigure } from '../../plots/density-pair.ts';
import { relativeError, scoreFieldFigure } from '../../plots/score-field.ts';
import { SettingControl } from '../controls/SettingControl.tsx';
import { FigureFrame } from '../FigureFrame.tsx';
import { fixed, plural, short } from '../format.ts';
import { INVITATIONS, STATES_OF } from '../learn-data/words.ts';
import { Headline } from '../parts/Headline.tsx';
import { LossStrip } from '../parts/LossStrip.tsx';
import { Numbers } from '../parts/Numbers.tsx';
import { Problems } from '../parts/Problem.tsx';
import { energyKey, learningProblem, systemOf } from '../parts/system.ts';
import { TrainPanel } from '../parts/TrainPanel.tsx';
import { Unavailable } from '../parts/Unavailable.tsx';
import { useModel } from '../parts/use-model.ts';
import { FIELD_POINTS, learners } from '../runs/learning.ts';
import { type Generated, staleKeys } from '../runs/model-view.ts';
import { useReference } from '../runs/reference.ts';
import type { Phase } from '../runs/run.ts';
import { useSignal } from '../signal.ts';
import type { Station } from '../stations.ts';
import { useExperiment } from '../store.ts';
import { usePalette } from '../theme.ts';

const REFRESH = 300;
/** Training states shown before anything is generated. */
const SHOWN = 3000;
const SCALE_STATES = 2000;

const client = learners.learn;

function Learn() {
  const experiment = useExperiment();
  const problem = learningProblem(experiment);
  return problem ? <Unavailable reason={problem} /> : <Lesson experiment={experiment} />;
}

function Lesson({ experiment }: { experiment: Experiment }) {
  const { sigma, samples } = experiment;
  useEffect(() => client.wish({ sigma }), [sigma]);
  useEffect(() => client.wish({ generation: { count: samples, at: null } }), [samples]);
  return (
    <>
      <div className="stage">
        <Story experiment={experiment} />
        <Problems run={client} />
        <Densities experiment={experiment} />
        <LossStrip client={client} />
      </div>
      <div className="side">
        <TrainPanel client={client} conditional={false} />
        <ScoreField experiment={experiment} />
      </div>
    </>
  );
}

const TITLES: Readonly<Record<Phase, string>> = {
  idle: 'Nothing learned yet',
  preparing: 'Getting ready',
  running: 'Learning to denoise',
  stopping: 'Stopping',
  paused: 'Half learned',
  finished: 'Learned',
  failed: 'The training failed',
};

function Story({ experiment }: { experiment: Experiment }) {
  const { phase } = useSignal(client.state);
  const info = useSignal(client.info);
  const trained = useSignal(client.trainedOn);
  const another = trained !== null && !client.fits(experiment);
  const source = STATES_OF[trained?.data ?? 'equilibrium'];
  return (
    <Headline title={titleOf(phase, trained, experiment)}>
      {info && trained && !another
        ? `A network learns the way back from noise, from ${info.dataCount.toLocaleString('en')} ${source}.`
        : INVITATIONS[experiment.data]}
    </Headline>
  );
}

/** A model of something else than what the page shows is not praised. */
function titleOf(phase: Phase, trained: Experiment | null, experiment: Experiment): string {
  if (!trained) return TITLES[phase];
  if (!client.fits(experiment))
    return phase === 'running' ? 'Learning another system' : 'Nothing learned of this system yet';
  const stale = staleKeys(trained, experiment, false).length > 0;
  return phase === 'finished' && stale ? 'Learned with other settings' : TITLES[phase];
}

function Densities({ experiment }: { experiment: Experiment }) {
  const palette = usePalette();
  const { generated } = useModel(client, experiment, REFRESH);
  const { phase } = useSignal(client.state);
  const { coordinates, domain } = systemOf(experiment);
  const key = `${energyKey(experiment)} ${experiment.kT}`;
  const exact = useReference((reference) => reference.cellProbabilities(experiment, DENSITY_BINS), key);
  const data = useTrainingData(experiment);
  const grid = useMemo(
    () =>
      exact && generated && generated.points.values.length > 0
        ? histogram(generated.points, exact, domain)
        : null,
    [exact, generated, domain],
  );
  const figure = useMemo(
    () => exact && densityPairFigure({ exact, generated: grid, data, names: coordinates }, palette),
    [exact, grid, data, coordinates, palette],
  );
  const metrics = useDivergence(experiment, generated, exact);
  const numbers = metrics
    ? `JS ${short(metrics.js)}${metrics.floor === null ? '' : ` · floor ${short(metrics.floor)}`}`
    : undefined;
  const preview = generated && phase === 'running' ? ', a preview' : '';
  return (
    <FigureFrame
      className="main-figure"
      title="Generated beside exact"
      numbers={numbers}
      legend={[
        {
          label: `${generated ? plural(generated.points.values.length / 2, 'generated state') : 'generated states'}${preview}`,
          kind: 'model',
          mark: 'area',
        },
        { label: 'exact density', kind: 'exact', mark: 'area' },
        ...(grid ? [] : [{ label: 'training states', kind: 'simulation', mark: 'dot' } as const]),
      ]}
      figure={figure}
      summary={
        metrics
          ? `Density of generated states beside the exact density; Jensen-Shannon divergence ${short(metrics.js)}.`
          : 'Training states beside the exact density; nothing is generated yet.'
      }
    />
  );
}

/** The states of the model at hand, or what exact data would look like. */
function useTrainingData(experiment: Experiment): Points | null {
  const info = useSignal(client.info);
  useSignal(client.trainedOn);
  const exact = experiment.data === 'equilibrium';
  const key = `${energyKey(experiment)} ${experiment.kT} ${experiment.seed}`;
  const drawn = useReference(exact ? (reference) => reference.sample(experiment, SHOWN, null) : null, key);
  if (info && client.fits(experiment)) return info.data;
  return exact ? drawn : null;
}

function useDivergence(experiment: Experiment, generated: Generated | null, exact: Grid | null) {
  const { domain } = systemOf(experiment);
  const { samples } = experiment;
  const key = `${energyKey(experiment)} ${experiment.kT} ${experiment.seed} ${samples}`;
  const done = generated?.done ? generated.points : null;
  const count = done ? done.values.length / done.dimension : 0;
  const sample = useReference(
    count > 0 ? (reference) => reference.sample(experiment, count, null) : null,
    `${key} ${count}`,
  );
  return useMemo(() => {
    if (!done || !exact || count === 0) return null;
    const floor =
      sample && sample.values.length === done.values.length ? densityDivergence(sample, exact, domain) : null;
    return { js: densityDivergence(done, exact, domain), floor };
  }, [done, count, exact, sample, domain]);
}

function histogram(points: Points, exact: Grid, domain: readonly (readonly [number, number])[]): Grid {
  const count = points.values.length / points.dimension;
  const values = cellCounts(points, domain, exact.xs.length).map((n) => n / count);
  return { xs: exact.xs, ys: exact.ys, values };
}

function ScoreField({ experiment }: { experiment: Experiment }) {
  const palette = usePalette();
  const { sigma, kT } = experiment;
  const { coordinates, domain } = systemOf(experiment);
  const { field: learned } = useModel(client, experiment, REFRESH);
  const info = useSignal(client.info);
  const expected = useExpectedScale(experiment);
  const scale = (client.fits(experiment) && info?.scale) || expected;
  const exact = useReference(
    scale && ((reference) => reference.denoisingField(experiment, sigma, scale, FIELD_POINTS)),
    `${energyKey(experiment)} ${kT} ${sigma} ${JSON.stringify(scale)}`,
  );
  const same = learned && learned.sigma === sigma ? learned : null;
  const figure = useMemo(
    () => scoreFieldFigure(exact, same, { names: coordinates, domain }, palette),
    [exact, same, coordinates, domain, palette],
  );
  const error = exact && same ? relativeError(exact, same) : null;
  return (
    <>
      <FigureFrame
        className="square"
        title="Score field"
        numbers={error === null ? undefined : `error ${fixed(100 * error, 1)} %`}
        legend={[
          { label: 'exact', kind: 'exact' },
          { label: 'learned', kind: 'model' },
          { label: 'noised density', kind: 'density', mark: 'area' },
        ]}
        figure={figure}
        summary={`Arrows towards likely states at noise level ${short(sigma)}${
          error === null
            ? ': the exact field.'
            : `; relative error of the learned field ${fixed(100 * error, 1)} %.`
        }`}
      />
      <SettingControl name="sigma" />
      <Numbers
        entries={[
          {
            label: `noise along ${coordinates[0]}`,
            value: scale ? short(sigma * scale.deviation[0], 2) : '–',
          },
          {
            label: `noise along ${coordinates[1]}`,
            value: scale ? short(sigma * scale.deviation[1], 2) : '–',
          },
          {
            label: 'relative error',
            value: error === null ? '–' : `${fixed(100 * error, 1)} %`,
            kind: 'model',
          },
        ]}
      />
    </>
  );
}

/** About the scale that data will have, from exact samples: the field does not jump when a training begins. */
function useExpectedScale(experiment: Experiment): Standardisation | null {
  const sample = useReference(
    (reference) => reference.sample(experiment, SCALE_STATES, null),
    `${energyKey(experiment)} ${experiment.kT} ${experiment.seed}`,
  );
  return useMemo(() => sample && standardisation(sample), [sample]);
}

function standardisation({ dimension, values }: Points): Standardisation {
  const count = values.length / dimension;
  const average = (of: (value: number) => number, d: number) => {
    let sum = 0;
    for (let i = d; i < values.length; i += dimension) sum += of(values[i]);
    return sum / count;
  };
  const axes = Array.from({ length: dimension }, (_, d) => d);
  const mean = axes.map((d) => average((value) => value, d));
  const deviation = axes.map((d) => Math.sqrt(average((value) => (value - mean[d]) ** 2, d)) || 1);
  return { mean, deviation };
}

const station: Station = { id: 'learn', title: 'Learn', order: 3, run: client, View: Learn };
export default station;
