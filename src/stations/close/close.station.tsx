/** Do micro and macro agree: lifts, healing, bursts, the coarse equation, and a slow variable learned from data. */

import { families } from '../../catalog.ts';
import { CLOSE_BACKEND, type Consistency } from '../../core/coarse/frame.ts';
import { closeProblem } from '../../core/coarse/lifting/full-system.ts';
import { closeSettingsOf } from '../../core/coarse/settings.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { conditions, DIFFUSION_MAP, ofGroup, settingGroups } from '../../shell/controls/setting-groups.ts';
import { budgetCost, evaluations, timeLeft } from '../../shell/parts/costs.ts';
import { Headline } from '../../shell/parts/Headline.tsx';
import { Numbers } from '../../shell/parts/Numbers.tsx';
import { Problems } from '../../shell/parts/Problem.tsx';
import { cvOfExperiment } from '../../shell/parts/system.ts';
import { ONE_WORKER, useEnginesTried } from '../../shell/parts/training.ts';
import { Unavailable } from '../../shell/parts/Unavailable.tsx';
import { REFRESH } from '../../shell/refresh.ts';
import { closing } from '../../shell/runs/closing.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import type { Cost, EnginesInUse, SettingGroup, StationPage } from '../../shell/station.ts';
import { useExperiment, useOfExperiment } from '../../shell/store.ts';
import { say, text } from '../../text/index.ts';
import {
  AutocorrelationPanel,
  ClosurePanel,
  DiffusionPanel,
  DriftPanel,
  DynamicFreeEnergyPanel,
  HealingPanel,
  PlateauPanel,
} from './ClosePanels.tsx';
import { DiffusionMapPanel } from './DiffusionMapPanel.tsx';
import { Offers } from './Offers.tsx';
import { results } from './results.ts';
import { closeNumbers, closeStory, reasonsOf } from './words.ts';
import './close.css';

const words = text.close;

function Close() {
  const experiment = useExperiment();
  const problem = problemOf(experiment);
  const frame = useSampled(closing.frame, REFRESH.close);
  const { phase } = useSignal(closing.state);
  if (problem) return <Unavailable reason={problem} />;
  const consistency = frame?.consistency ?? null;
  const story = closeStory(frame, phase, cvOfExperiment(experiment).label);
  const numbers = consistency ? closeNumbers(consistency) : [];
  const parts = { experiment, consistency };
  return (
    <>
      <div className="stage">
        <Headline title={story.title}>{story.text}</Headline>
        <progress
          className="close-progress"
          max={1}
          value={frame ? frame.forceEvaluations / frame.budget : 0}
          aria-label={words.progress}
          hidden={phase !== 'running' && phase !== 'paused'}
        />
        <Problems run={closing} />
        {phase === 'finished' && frame && <Offers frame={frame} />}
        <DynamicFreeEnergyPanel {...parts} />
        <div className="close-pair">
          <DriftPanel {...parts} />
          <DiffusionPanel {...parts} />
        </div>
        <div className="close-pair">
          <HealingPanel consistency={consistency} />
          <PlateauPanel consistency={consistency} />
        </div>
        <div className="close-pair">
          <ClosurePanel {...parts} />
          <AutocorrelationPanel {...parts} />
        </div>
      </div>
      <div className="side">
        {frame?.diffusionMap ? (
          <DiffusionMapPanel experiment={experiment} map={frame.diffusionMap} />
        ) : (
          phase !== 'finished' && <p className="remark">{words.map.later}</p>
        )}
        {numbers.length > 0 && (
          <div className="close-numbers">
            <Numbers entries={numbers} />
          </div>
        )}
        <Reasons consistency={consistency} />
      </div>
    </>
  );
}

/** Why parts are missing, and what must be known about others. */
function Reasons({ consistency }: { consistency: Consistency | null }) {
  const reasons = reasonsOf(consistency);
  if (reasons.length === 0) return null;
  return (
    <section className="lessons" aria-label={words.caveats}>
      <h3>{words.caveats}</h3>
      <dl>
        {reasons.map(({ part, text: reason }) => (
          <div key={part}>
            <dt>{part}</dt>
            <dd>{reason}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function problemOf(experiment: Experiment): string | null {
  const problem = closeProblem(families, experiment);
  return problem && say(problem);
}

function useCost(): Cost[] {
  const budget = useOfExperiment((experiment) => experiment.budget);
  const frame = useSampled(closing.frame, REFRESH.costs);
  const { phase } = useSignal(closing.state);
  const spent = frame?.forceEvaluations ?? 0;
  const left = phase === 'running' && spent > 0 ? (closing.seconds * (budget - spent)) / spent : 0;
  const network = frame?.networkEvaluations ?? 0;
  return [
    ...(left > 0 ? [timeLeft(left)] : []),
    ...(network > 0 ? [evaluations('network', network)] : []),
    budgetCost(spent, budget),
  ];
}

function useEngines(): EnginesInUse {
  const lift = useOfExperiment((experiment) => closeSettingsOf(experiment).lift);
  const started = useSignal(closing.frame) !== null;
  const engines = { simulation: ONE_WORKER, tried: useEnginesTried() };
  return started && lift === 'model' ? { ...engines, learning: CLOSE_BACKEND } : engines;
}

/** Settings of a model that lifts. */
const OF_MODEL = ['model', 'data', 'training'];
const LIFTING = ['values', 'low', 'high', 'lift', ...OF_MODEL, 'neighbours', 'healing'];

function settings(experiment: Experiment): SettingGroup[] {
  const { groups } = text.controls;
  const models = closeSettingsOf(experiment).lift === 'model';
  return settingGroups(
    experiment,
    [
      [groups.conditions, conditions(experiment)],
      [groups.budget, ['budget']],
      [groups.lifting, ofGroup('close', LIFTING)],
      [groups.bursts, ofGroup('close', ['bursts', 'estimator', 'lag', 'skip', 'longest', 'leap'])],
      [groups.diffusionMap, DIFFUSION_MAP],
      [groups.observable, ['observable']],
      [groups.dynamics, ['start', 'time', 'integrator', 'integrator.*']],
    ],
    models ? [] : ofGroup('close', OF_MODEL),
  );
}

const station: StationPage = {
  title: words.title,
  run: closing,
  View: Close,
  problem: problemOf,
  settings,
  useCost,
  useEngines,
  configure: (experiment) => closing.configure(experiment),
  results,
};
export default station;
