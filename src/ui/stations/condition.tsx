/** Drag the slow variable: the model's states at that value beside the exact conditional law. */
import { useDeferredValue, useEffect, useMemo } from 'react';
import { periodOf } from '../../core/bias.ts';
import { conditionalDistance, conditionError, coordinate } from '../../core/comparison.ts';
import { valuesOf } from '../../core/conditioning/level.ts';
import type { Experiment } from '../../core/experiment.ts';
import type { ConditionalLaw } from '../../core/protocol.ts';
import { conditionalFigure } from '../../plots/conditional.ts';
import { LANDSCAPE_MARGINS } from '../../plots/landscape.ts';
import { NumberControl } from '../controls/NumberControl.tsx';
import { type DotSource, DotsOverlay } from '../DotsOverlay.tsx';
import { FigureFrame } from '../FigureFrame.tsx';
import { fixed, plural, short } from '../format.ts';
import { DragLine } from '../parts/DragLine.tsx';
import { Headline } from '../parts/Headline.tsx';
import { LandscapeLegend } from '../parts/LandscapeLegend.tsx';
import { LawOverlay } from '../parts/LawOverlay.tsx';
import { LossStrip } from '../parts/LossStrip.tsx';
import { Numbers } from '../parts/Numbers.tsx';
import { Problems } from '../parts/Problem.tsx';
import {
  cvCoordinate,
  cvOfExperiment,
  energyKey,
  learningProblem,
  modelOf,
  rangeOfRest,
  systemOf,
} from '../parts/system.ts';
import { TrainPanel } from '../parts/TrainPanel.tsx';
import { Unavailable } from '../parts/Unavailable.tsx';
import { useLandscape } from '../parts/use-landscape.ts';
import { useModel } from '../parts/use-model.ts';
import { learners } from '../runs/learning.ts';
import type { Generated } from '../runs/model-view.ts';
import { useReference } from '../runs/reference.ts';
import { useSignal } from '../signal.ts';
import type { Station } from '../stations.ts';
import { useExperiment, useStore } from '../store.ts';
import { usePalette } from '../theme.ts';

const REFRESH = 100;
/** While the line is dragged so many states are made, to keep up with the hand; once it rests, all of them. */
const QUICK = 500;
const MOST_DOTS = 600;
const AT_REST = 250;

const client = learners.condition;

function Condition() {
  const experiment = useExperiment();
  const problem = learningProblem(experiment);
  return problem ? <Unavailable reason={problem} /> : <Lesson experiment={experiment} />;
}

function Lesson({ experiment }: { experiment: Experiment }) {
  const at = experiment.at[0];
  useGeneration(at, experiment.samples);
  const { generated, dots } = useModel(client, experiment, REFRESH);
  const fresh = generated && generated.at === at ? generated : null;
  const law = useReference(
    (reference) => reference.conditional(experiment, at),
    `${energyKey(experiment)} ${experiment.kT} ${experiment.cv} ${at}`,
  );
  const points = useDeferredValue(fresh?.points ?? null);
  const rest = law && restOf(experiment, law);
  const values = useMemo(
    () => (points && rest !== null && points.values.length > 0 ? coordinate(points, rest) : null),
    [points, rest],
  );
  return (
    <>
      <div className="stage">
        <Story experiment={experiment} at={at} />
        <Problems run={client} />
        <Plane experiment={experiment} at={at} law={law} values={values} dots={dots} />
        <AtSlider experiment={experiment} at={at} />
      </div>
      <div className="side">
        <TrainPanel client={client} conditional />
        <Law experiment={experiment} at={at} law={law} values={values} generated={fresh} />
        <LossStrip client={client} className="small" />
      </div>
    </>
  );
}

/** Index of the coordinate of which the law is. */
function restOf(experiment: Experiment, law: ConditionalLaw): number {
  return systemOf(experiment).coordinates.indexOf(law.coordinate);
}

function useGeneration(at: number, count: number): void {
  useEffect(() => {
    client.wish({ generation: { count: Math.min(count, QUICK), at } });
    const timer = setTimeout(() => client.wish({ generation: { count, at } }), AT_REST);
    return () => clearTimeout(timer);
  }, [at, count]);
}

function useMoveTo(): (value: number) => void {
  const change = useStore((store) => store.change);
  const { at } = useExperiment();
  return (value) => change('at', [value, ...at.slice(1)]);
}

interface PartProps {
  readonly experiment: Experiment;
  readonly at: number;
}

function Story({ experiment, at }: PartProps) {
  const { id } = cvOfExperiment(experiment);
  useSignal(client.trainedOn);
  const move = cvCoordinate(experiment) >= 0 ? 'Drag the line' : 'Move the slider';
  return (
    <Headline title={`States with ${id} = ${short(at)}`}>
      {client.fits(experiment)
        ? `${move}: the model makes states with this value of the slow variable, without any simulation.`
        : `${move} to see the exact law. Train the model to compare it with what it generates.`}
    </Headline>
  );
}

interface LawProps extends PartProps {
  readonly law: ConditionalLaw | null;
  /** Generated values of the remaining coordinate. */
  readonly values: Float64Array | null;
}

function Plane({ experiment, at, law, values, dots }: LawProps & { dots: DotSource }) {
  const palette = usePalette();
  const { figure, ceiling } = useLandscape(experiment, true);
  const { title, domain } = systemOf(experiment);
  const cv = cvOfExperiment(experiment);
  const d = cvCoordinate(experiment);
  const axis = d === 0 ? 'x' : 'y';
  const moveTo = useMoveTo();
  return (
    <FigureFrame
      className="main-figure"
      title="Energy landscape"
      legend={[
        { label: 'generated states', kind: 'model', mark: 'dot' },
        ...(d >= 0 ? [{ label: 'exact law along the line', kind: 'exact' } as const] : []),
      ]}
      extra={<LandscapeLegend ceiling={ceiling} />}
      figure={figure}
      summary={`Energy landscape of the ${title} with the states that the model generates at ${cv.id} = ${short(at)}.`}
    >
      {law && d >= 0 && (
        <LawOverlay axis={axis} law={law} values={values} domain={domain} margins={LANDSCAPE_MARGINS} />
      )}
      <DotsOverlay
        most={MOST_DOTS}
        source={dots}
        margins={LANDSCAPE_MARGINS}
        domain={domain}
        color={palette.model}
        ring={palette.paper}
      />
      {d >= 0 && (
        <DragLine
          axis={axis}
          value={at}
          domain={domain[d]}
          limits={cv.range}
          label={cv.label}
          margins={LANDSCAPE_MARGINS}
          onChange={moveTo}
        />
      )}
    </FigureFrame>
  );
}

function AtSlider({ experiment, at }: PartProps) {
  const { label, range } = cvOfExperiment(experiment);
  const moveTo = useMoveTo();
  return (
    <div className="at-slider">
      <NumberControl
        spec={{
          kind: 'number',
          label: `Slow variable ${label}`,
          default: at,
          min: range[0],
          max: range[1],
          step: 0.01,
          help: 'Value at which states are generated and the exact law is drawn.',
        }}
        value={at}
        onChange={moveTo}
      />
      <OtherValues experiment={experiment} />
    </div>
  );
}

function Law({ experiment, at, law, values, generated }: LawProps & { generated: Generated | null }) {
  const palette = usePalette();
  const { id: cv } = cvOfExperiment(experiment);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the range follows from the law and the system
  const figure = useMemo(
    () => law && conditionalFigure(law, values, { cv, range: rangeOfRest(experiment, law) }, palette),
    [law, values, cv, experiment.system, palette],
  );
  const metrics = useMetrics(experiment, law?.at === at ? law : null, generated);
  return (
    <>
      <FigureFrame
        className="square"
        title={law ? `Law of ${law.coordinate} given ${cv} = ${short(law.at)}` : 'Conditional law'}
        numbers={metrics ? `W₁ ${short(metrics.w1)}` : undefined}
        legend={[
          { label: 'exact', kind: 'exact' },
          {
            label: values ? plural(values.length, 'generated state') : 'generated states',
            kind: 'model',
            mark: 'area',
          },
        ]}
        figure={figure}
        summary={summaryOf(law, cv, metrics?.w1 ?? null)}
      />
      <Numbers
        entries={[
          { label: 'distance W₁', value: metrics ? short(metrics.w1) : '–', kind: 'model' },
          {
            label: 'of exact samples',
            value: metrics?.floor ? short(metrics.floor) : '–',
            note: 'sampling floor',
            kind: 'exact',
          },
          {
            label: `miss in ${cv}`,
            value: metrics ? short(metrics.miss, 2) : '–',
            note: 'root mean square',
            kind: 'model',
          },
        ]}
      />
    </>
  );
}

function summaryOf(law: ConditionalLaw | null, cv: string, w1: number | null): string {
  if (!law) return 'The exact conditional law is being computed.';
  const exact = `Exact density of ${law.coordinate} given ${cv} = ${short(law.at)}, mean ${fixed(law.mean, 2)}`;
  return w1 === null
    ? `${exact}; nothing is generated yet.`
    : `${exact}; Wasserstein distance of the generated states ${short(w1)}.`;
}

/** The other values of the list, one press away. */
function OtherValues({ experiment }: { experiment: Experiment }) {
  const change = useStore((store) => store.change);
  const { at } = experiment;
  if (at.length < 2) return null;
  return (
    <p className="other-values">
      also asked:
      {at.slice(1).map((value, index) => (
        <button
          type="button"
          className="chip"
          key={value}
          onClick={() => change('at', [value, ...at.filter((_, i) => i !== index + 1)])}
        >
          {short(value)}
        </button>
      ))}
    </p>
  );
}

function useMetrics(experiment: Experiment, law: ConditionalLaw | null, generated: Generated | null) {
  const done = generated?.done ? generated.points : null;
  const count = done ? done.values.length / done.dimension : 0;
  const key = `${energyKey(experiment)} ${experiment.kT} ${experiment.cv} ${law?.at} ${count} ${experiment.seed}`;
  const sample = useReference(
    law && count > QUICK ? (reference) => reference.sample(experiment, count, law.at) : null,
    key,
  );
  return useMemo(() => {
    if (!done || !law || count === 0) return null;
    const rest = restOf(experiment, law);
    const cv = cvOfExperiment(experiment);
    const floor =
      sample && sample.values.length === done.values.length ? conditionalDistance(sample, rest, law) : null;
    const misses = valuesOf(modelOf(experiment), cv.value, done);
    return {
      w1: conditionalDistance(done, rest, law),
      floor,
      miss: conditionError(misses, law.at, periodOf(cv)),
    };
  }, [done, law, count, experiment, sample]);
}

const station: Station = { id: 'condition', title: 'Condition', order: 4, run: client, View: Condition };
export default station;
