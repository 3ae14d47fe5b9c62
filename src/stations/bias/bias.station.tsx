/** Physics-based enhanced sampling: a bias carries walkers over barriers, and weights undo it. */

import { useMemo, useState } from 'react';
import type { Experiment } from '../../core/params/experiment.ts';
import { BIASED_DYNAMICS, conditions, METHOD, settingGroups } from '../../shell/controls/setting-groups.ts';
import { budgetCost, timeLeft } from '../../shell/parts/costs.ts';
import { settingsFor } from '../../shell/parts/derived.ts';
import { LearnedPanel } from '../../shell/parts/Learned.tsx';
import { Problems } from '../../shell/parts/Problem.tsx';
import { UseSafeStep, useStepAdvice } from '../../shell/parts/StepAdvice.tsx';
import { cvOfExperiment } from '../../shell/parts/system.ts';
import { ONE_WORKER, useEnginesTried } from '../../shell/parts/training.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { biasing, biasSpeedText } from '../../shell/runs/biasing.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import type { Cost, SettingGroup, StationPage } from '../../shell/station.ts';
import { useExperiment, useOfExperiment } from '../../shell/store.ts';
import { text } from '../../text/index.ts';
import { BiasedFreeEnergy } from './BiasedFreeEnergy.tsx';
import { BiasLandscape } from './BiasLandscape.tsx';
import { BiasStory } from './BiasStory.tsx';
import { Comparison } from './Comparison.tsx';
import { DesignButton } from './DesignButton.tsx';
import { Details } from './Details.tsx';
import { Reweighted } from './Reweighted.tsx';
import { results } from './results.ts';
import { useComparison, useExact } from './use-comparison.ts';
import { Warnings } from './Warnings.tsx';
import { windowSettings } from './window-settings.ts';
import './bias.css';

function Bias() {
  const experiment = useExperiment();
  const frame = useSampled(biasing.frame, REFRESH.bias);
  const { finding } = useSignal(biasing.found);
  const exact = useExact(experiment);
  const runs = useComparison(experiment, exact);
  const [selected, select] = useState<number | null>(null);
  const view = frame?.view ?? null;
  const windows = useMemo(
    () =>
      windowSettings(
        experiment,
        settingsFor(experiment),
        cvOfExperiment(experiment).range,
        (view?.windows ?? []).map(({ center }) => center),
      ),
    [experiment, view],
  );
  const advice = useStepAdvice(experiment);
  return (
    <>
      <div className="stage">
        <BiasStory experiment={experiment} frame={frame} finding={finding} runs={runs} />
        <Problems
          run={biasing}
          remedy={frame?.divergence && <UseSafeStep experiment={experiment} advice={advice} />}
        />
        <Warnings finding={finding} />
        <BiasLandscape experiment={experiment} centers={windows?.centers ?? []} selected={selected} />
        <BiasedFreeEnergy
          experiment={experiment}
          exact={exact}
          runs={runs}
          view={view}
          finding={finding}
          windows={windows}
          selected={selected}
          select={select}
        />
      </div>
      <div className="side">
        <Comparison experiment={experiment} exact={exact} runs={runs} />
        <LearnedPanel experiment={experiment} />
        {windows && <DesignButton />}
        <Reweighted experiment={experiment} frame={frame} />
        <Details experiment={experiment} finding={finding} />
      </div>
    </>
  );
}

function useCost(): Cost[] {
  const budget = useOfExperiment((experiment) => experiment.budget);
  const frame = useSampled(biasing.frame, REFRESH.costs);
  const pace = useSampled(biasing.pace, REFRESH.costs);
  const { phase } = useSignal(biasing.state);
  const spent = phase === 'idle' || phase === 'preparing' ? 0 : (frame?.forceEvaluations ?? 0);
  const left = phase === 'running' && pace !== null && pace > 0 ? (budget - spent) / pace : 0;
  return [timeLeft(left), budgetCost(spent, budget)];
}

/** What another system would be biased with, and how, comes before the conditions that all stations share. */
function settings(experiment: Experiment): SettingGroup[] {
  const { groups } = text.controls;
  return settingGroups(experiment, [
    [groups.method, METHOD],
    [groups.budget, ['budget']],
    [groups.conditions, conditions(experiment)],
    [groups.dynamics, BIASED_DYNAMICS],
    [groups.results, ['reweight', 'observable']],
  ]);
}

const station: StationPage = {
  title: text.bias.title,
  run: biasing,
  View: Bias,
  settings,
  useCost,
  useEngines: () => ({ simulation: ONE_WORKER, tried: useEnginesTried() }),
  speed: { chosen: biasing.speed, text: biasSpeedText },
  configure: (experiment) => biasing.configure(experiment),
  setActive: (active) => biasing.setActive(active),
  takesLearnedCv: true,
  results,
};
export default station;
