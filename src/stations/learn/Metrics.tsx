/** Distances of the generated states from the exact distribution, each beside what as many exact states would have. */
import { dataSettingsOf } from '../../core/generative/training-settings.ts';
import { type LikelihoodComparison, likelihoodComparison } from '../../core/metrics/comparison.ts';
import type { GeneratedMetrics } from '../../core/metrics/generated.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { keyOf } from '../../shell/parts/derived.ts';
import { energyKey } from '../../shell/parts/system.ts';

import { learners } from '../../shell/runs/learning.ts';
import { OnRequest } from '../../shell/runs/on-request.ts';
import { reference, usePending } from '../../shell/runs/reference.ts';
import { useSignal } from '../../shell/runs/signal.ts';
import { fixed, short, uncertain } from '../../text/format.ts';
import type { GeneratedStates } from './use-generated.ts';

const client = learners.learn;
/** Fewer states say too little. */
const FEWEST = 500;
/** Exact states whose likelihood is measured. */
const LIKELIHOOD_STATES = 500;

interface MetricsProps {
  readonly experiment: Experiment;
  readonly states: GeneratedStates | null;
}

export function Metrics({ experiment, states }: MetricsProps) {
  const metrics = useMetrics(experiment, states);
  return (
    <section className="learn-metrics" aria-label="Distances from the exact distribution">
      <table className="learn-table">
        <caption>Distances from the exact distribution</caption>
        <thead>
          <tr>
            <th scope="col">of</th>
            <th scope="col">generated states</th>
            <th scope="col">exact states</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(metrics).map(({ name, title, generated, exact }) => (
            <tr key={name} title={title}>
              <th scope="row">{name}</th>
              <td className="model">{generated}</td>
              <td>{exact}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!metrics && (
        <p className="remark">
          {states?.done
            ? 'Being measured …'
            : 'Measured when all states are generated; exact ones of the same number show what chance does.'}
        </p>
      )}
      <Likelihood experiment={experiment} />
    </section>
  );
}

interface Row {
  readonly name: string;
  readonly title: string;
  readonly generated: string;
  readonly exact: string;
}

function rowsOf(metrics: GeneratedMetrics | null): Row[] {
  const value = (of: (metrics: GeneratedMetrics) => number, text = short) =>
    metrics ? text(of(metrics)) : '–';
  const small = (number: number) => short(number, 2);
  const percent = (share: number) => `${fixed(100 * share, 0)} %`;
  return [
    {
      name: 'Jensen–Shannon',
      title: 'Divergence of histograms of 60 × 60 cells, in nats; 0 for equal distributions',
      generated: value((m) => m.js, small),
      exact: value((m) => m.jsFloor, small),
    },
    {
      name: 'energy distance',
      title:
        'Székely–Rizzo, in standard deviations; 0 on average for equal distributions, and then as often below 0',
      generated: value((m) => m.energyDistance, small),
      exact: value((m) => m.energyDistanceFloor, small),
    },
    {
      name: 'sliced W₁',
      title: 'Mean Wasserstein-1 distance along 64 directions, in standard deviations',
      generated: value((m) => m.slicedW1, small),
      exact: value((m) => m.slicedW1Floor, small),
    },
    {
      name: 'told apart',
      title: 'How often 15 nearest neighbours tell generated from exact states; 50 % is guessing',
      generated: value((m) => m.twoSample, percent),
      exact: value((m) => m.twoSampleFloor, percent),
    },
    {
      name: 'too near the data',
      title:
        'Share of states nearer to a training state than the nearest tenth of fresh exact states; 10 % for a model that has learned the distribution, towards 100 % for one that repeats its data',
      generated: value((m) => m.memorisation.share, percent),
      exact: metrics ? '10 %' : '–',
    },
  ];
}

const names = new WeakMap<object, string>();
let named = 0;

/** Every set of states and every model has a name of its own, by which what is known of it is remembered. */
function nameOf(made: object): string {
  const name = names.get(made) ?? `number ${++named}`;
  names.set(made, name);
  return name;
}

/** Of finished samples, computed in a worker; null before. */
function useMetrics(experiment: Experiment, states: GeneratedStates | null): GeneratedMetrics | null {
  const info = useSignal(client.info);
  const points = states?.done ? states.points : null;
  const enough = points !== null && points.values.length / points.dimension >= FEWEST;
  const name = points ? nameOf(points) : '';
  const { answer } = usePending(
    enough && points
      ? async (of) => {
          const training = await trainingStates(experiment).catch(() => null);
          return of.generatedMetrics(experiment, name, points, training ?? info?.data ?? points);
        }
      : null,
    `${energyKey(experiment)} ${experiment.kT} ${experiment.seed} ${name}`,
  );
  return answer;
}

/** All that the model learned from; of a model that is not there, what it would learn from. */
function trainingStates(experiment: Experiment) {
  return client.fits(experiment)
    ? client.ask((api) => api.trainingStates())
    : reference.sample(
        { ...experiment, seed: (experiment.seed + 2) >>> 0 },
        dataSettingsOf(experiment).n,
        null,
      );
}

const likelihood = new OnRequest<LikelihoodComparison>();

/** Of the model at hand, on exact states, when a person asks: it takes a few seconds of the device. */
function Likelihood({ experiment }: { experiment: Experiment }) {
  const { phase } = useSignal(client.state);
  const { step } = useSignal(client.progress);
  const model = useSignal(client.trainedOn);
  const able = client.fits(experiment) && step > 0 && (phase === 'finished' || phase === 'paused');
  const key = `${keyOf(experiment, 'generated')} ${model && nameOf(model)} ${step} ${phase}`;
  const measured = likelihood.use(key);
  if (measured.phase === 'waiting') return <p className="remark">Following 500 exact states to noise …</p>;
  if (measured.phase === 'failed') return <p className="remark">{measured.problem}</p>;
  if (measured.phase === 'answered') return <LikelihoodText {...measured.answer} />;
  return (
    <button
      type="button"
      className="button small"
      disabled={!able}
      title={able ? 'By the probability flow, on 500 exact states' : 'Train a model first'}
      onClick={() => likelihood.ask(key, () => compare(experiment))}
    >
      Measure the log-likelihood
    </button>
  );
}

async function compare(experiment: Experiment): Promise<LikelihoodComparison> {
  const points = await reference.sample(experiment, LIKELIHOOD_STATES, null);
  const { logDensity } = await client.ask((api) => api.logLikelihood(experiment, points, null));
  return likelihoodComparison(logDensity, await reference.logDensity(experiment, points));
}

function LikelihoodText({ logLikelihood, logLikelihoodExact, logLikelihoodStderr }: LikelihoodComparison) {
  return (
    <p className="remark" role="status">
      {`Mean log-likelihood of exact states: model ${fixed(logLikelihood, 3)}, exact ${fixed(logLikelihoodExact, 3)}. The Kullback–Leibler divergence from the exact distribution is ${uncertain(logLikelihoodExact - logLikelihood, logLikelihoodStderr)} nats.`}
    </p>
  );
}
