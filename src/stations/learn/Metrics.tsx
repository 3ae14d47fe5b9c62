/** Distances of the generated states from the exact distribution, each beside what as many exact states would have. */
import { dataSettingsOf } from '../../core/generative/training-settings.ts';
import { type LikelihoodComparison, likelihoodComparison } from '../../core/metrics/comparison.ts';
import type { GeneratedMetrics } from '../../core/metrics/generated.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { keyOf } from '../../shell/parts/derived.ts';

import { learners } from '../../shell/runs/learning.ts';
import { OnRequest } from '../../shell/runs/on-request.ts';
import { reference, usePending } from '../../shell/runs/reference.ts';
import { useSignal } from '../../shell/runs/signal.ts';
import { short } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import type { GeneratedStates } from './use-generated.ts';

const client = learners.learn;
/** Fewer states say too little. */
const FEWEST = 500;
const words = text.learn.metrics;
/** Exact states whose likelihood is measured. */
const LIKELIHOOD_STATES = 500;

interface MetricsProps {
  readonly experiment: Experiment;
  readonly states: GeneratedStates | null;
}

export function Metrics({ experiment, states }: MetricsProps) {
  const metrics = useMetrics(experiment, states);
  return (
    <section className="learn-metrics" aria-label={words.title}>
      <table className="learn-table">
        <caption>{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.metric}</th>
            <th scope="col">{words.generated}</th>
            <th scope="col">{words.exact}</th>
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
      {!metrics && <p className="remark">{states?.done ? words.measuring : words.later}</p>}
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
  const value = (of: (metrics: GeneratedMetrics) => number, written = short) =>
    metrics ? written(of(metrics)) : '–';
  const small = (number: number) => short(number, 2);
  const { percent } = words;
  return [
    {
      name: words.js,
      title: words.jsHint,
      generated: value((m) => m.js, small),
      exact: value((m) => m.jsFloor, small),
    },
    {
      name: words.energy,
      title: words.energyHint,
      generated: value((m) => m.energyDistance, small),
      exact: value((m) => m.energyDistanceFloor, small),
    },
    {
      name: words.slicedW1,
      title: words.slicedW1Hint,
      generated: value((m) => m.slicedW1, small),
      exact: value((m) => m.slicedW1Floor, small),
    },
    {
      name: words.classifier,
      title: words.classifierHint,
      generated: value((m) => m.twoSample, percent),
      exact: value((m) => m.twoSampleFloor, percent),
    },
    {
      name: words.memorisation,
      title: words.memorisationHint,
      generated: value((m) => m.memorisation.share, percent),
      exact: metrics ? percent(0.1) : '–',
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
      ? reference.generatedMetrics(experiment, name, points, async () => {
          const training = await trainingStates(experiment).catch(() => null);
          return training ?? info?.data ?? points;
        })
      : null,
  );
  return answer;
}

/** All that the model learned from; of a model that is not there, what it would learn from. */
function trainingStates(experiment: Experiment) {
  return client.fits(experiment)
    ? client.ask((api) => api.trainingStates())
    : reference
        .sample({ ...experiment, seed: (experiment.seed + 2) >>> 0 }, dataSettingsOf(experiment).n, null)
        .ask();
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
  if (measured.phase === 'waiting')
    return <p className="remark">{words.measuringLikelihood(LIKELIHOOD_STATES)}</p>;
  if (measured.phase === 'failed') return <p className="remark">{measured.problem}</p>;
  if (measured.phase === 'answered') return <LikelihoodText comparison={measured.answer} />;
  return (
    <button
      type="button"
      className="button small"
      disabled={!able}
      title={able ? words.likelihoodHint(LIKELIHOOD_STATES) : words.trainFirst}
      onClick={() => likelihood.ask(key, () => compare(experiment))}
    >
      {words.measureLikelihood}
    </button>
  );
}

async function compare(experiment: Experiment): Promise<LikelihoodComparison> {
  const points = await reference.sample(experiment, LIKELIHOOD_STATES, null).ask();
  const { logDensity } = await client.ask((api) => api.logLikelihood(experiment, points, null));
  return likelihoodComparison(logDensity, await reference.logDensity(experiment, points).ask());
}

function LikelihoodText({ comparison }: { comparison: LikelihoodComparison }) {
  return (
    <p className="remark" role="status">
      {words.likelihood(comparison)}
    </p>
  );
}
