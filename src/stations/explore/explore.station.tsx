/** Walkers in the energy landscape: how long they stay where they started, and what that does to an average. */

import type { Experiment } from '../../core/params/experiment.ts';
import { conditions, settingGroups } from '../../shell/controls/setting-groups.ts';
import { useWorkCost } from '../../shell/parts/costs.ts';
import { LearnedPanel } from '../../shell/parts/Learned.tsx';
import { Populations } from '../../shell/parts/Populations.tsx';
import { Problems } from '../../shell/parts/Problem.tsx';
import { StepErrorNote, StepWarning, UseSafeStep, useStepAdvice } from '../../shell/parts/StepAdvice.tsx';
import { useEnginesTried } from '../../shell/parts/training.ts';
import { useWells } from '../../shell/parts/use-wells.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { useSampled } from '../../shell/runs/signal.ts';
import { simulation, speedText } from '../../shell/runs/simulation.ts';
import { useShown } from '../../shell/shown.ts';
import type { Cost, SettingGroup, StationPage } from '../../shell/station.ts';
import { fixed } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import { FreeEnergyPanel } from './FreeEnergyPanel.tsx';
import { Landscape } from './Landscape.tsx';
import { MotionPanel } from './MotionPanel.tsx';
import { PassagePanel } from './PassagePanel.tsx';
import './explore.css';
import { isChain, Profile } from './Profile.tsx';
import { results } from './results.ts';
import { Statistics } from './Statistics.tsx';
import { Story } from './Story.tsx';
import { Trace } from './Trace.tsx';
import { useRates } from './use-rates.ts';

function Explore() {
  const experiment = useShown();
  const frame = useSampled(simulation.frame, REFRESH.explore);
  const wellShares = useWells(experiment, frame);
  const rates = useRates(experiment);
  const advice = useStepAdvice(experiment);
  return (
    <>
      <div className="stage">
        <Story experiment={experiment} frame={frame} wellShares={wellShares} />
        <Problems run={simulation} remedy={<UseSafeStep experiment={experiment} advice={advice} />} />
        <StepWarning experiment={experiment} advice={advice} />
        <Landscape
          experiment={experiment}
          frame={frame}
          crossing={rates.rates?.meanFirstPassageTime ?? null}
        />
        {isChain(experiment) && <Profile experiment={experiment} />}
        <Trace experiment={experiment} />
      </div>
      <div className="side">
        <FreeEnergyPanel experiment={experiment} />
        <StepErrorNote experiment={experiment} />
        <LearnedPanel experiment={experiment} />
        <PassagePanel experiment={experiment} shown={rates} />
        <Statistics shown={rates} />
        <MotionPanel experiment={experiment} />
        {wellShares.length > 1 && <Populations wells={wellShares} />}
        <p className="remark">
          {text.explore.freeEnergy.errorBars}
          {frame &&
            (frame.settled
              ? text.explore.freeEnergy.discarded(frame.discarded)
              : text.explore.freeEnergy.drifting)}
        </p>
      </div>
    </>
  );
}

function useCost(): Cost[] {
  const time = useSampled(simulation.frame, REFRESH.costs)?.time ?? 0;
  return [{ label: text.frame.cost.time, value: `${fixed(time, 1)} τ` }, ...useWorkCost()];
}

function settings(experiment: Experiment): SettingGroup[] {
  const { groups } = text.controls;
  return settingGroups(experiment, [
    [groups.conditions, conditions(experiment)],
    [groups.dynamics, ['start', 'target', 'walkers', 'time', 'integrator', 'integrator.*']],
  ]);
}

const station: StationPage = {
  title: text.explore.title,
  run: simulation,
  View: Explore,
  settings,
  useCost,
  useEngines: () => ({
    simulation: useSampled(simulation.frame, REFRESH.costs)?.engine ?? null,
    tried: useEnginesTried(),
  }),
  speed: { chosen: simulation.speed, text: speedText },
  configure: (experiment) => simulation.configure(experiment),
  setActive: (active) => simulation.setActive(active),
  takesLearnedCv: true,
  results,
};
export default station;
