/** Physics-based enhanced sampling: a bias carries walkers over barriers, and weights undo it. */
import { useMemo, useState } from 'react';
import { BiasedFreeEnergy } from '../bias/BiasedFreeEnergy.tsx';
import { BiasLandscape } from '../bias/BiasLandscape.tsx';
import { BiasStory } from '../bias/BiasStory.tsx';
import { Comparison } from '../bias/Comparison.tsx';
import { DesignButton } from '../bias/DesignButton.tsx';
import { Details } from '../bias/Details.tsx';
import { Reweighted } from '../bias/Reweighted.tsx';
import { useComparison, useExact } from '../bias/use-comparison.ts';
import { Warnings } from '../bias/Warnings.tsx';
import { windowSettings } from '../bias/window-settings.ts';
import { UseSafeStep, useStepAdvice } from '../explore/StepAdvice.tsx';
import { LearnedPanel } from '../parts/Learned.tsx';
import { Problems } from '../parts/Problem.tsx';
import { cvOfExperiment, settingsFor } from '../parts/system.ts';
import { biasing } from '../runs/biasing.ts';
import { useSampled, useSignal } from '../signal.ts';
import type { Station } from '../stations.ts';
import { useExperiment } from '../store.ts';

/** Unlike those of the other plots, so that they are seldom drawn in the same frame of the screen. */
const REFRESH = 410;

function Bias() {
  const experiment = useExperiment();
  const frame = useSampled(biasing.frame, REFRESH);
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

const station: Station = { id: 'bias', title: 'Bias', order: 2, run: biasing, View: Bias };
export default station;
