/** Physics-based enhanced sampling: a bias carries walkers over barriers, and weights undo it. */
import { useMemo, useState } from 'react';
import { LearnedPanel } from '../../shell/parts/Learned.tsx';
import { Problems } from '../../shell/parts/Problem.tsx';
import { UseSafeStep, useStepAdvice } from '../../shell/parts/StepAdvice.tsx';
import { cvOfExperiment, settingsFor } from '../../shell/parts/system.ts';
import { biasing } from '../../shell/runs/biasing.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';
import type { Station } from '../../shell/station.ts';
import { useExperiment } from '../../shell/store.ts';
import { text } from '../../text/index.ts';
import { BiasedFreeEnergy } from './BiasedFreeEnergy.tsx';
import { BiasLandscape } from './BiasLandscape.tsx';
import { BiasStory } from './BiasStory.tsx';
import { Comparison } from './Comparison.tsx';
import { DesignButton } from './DesignButton.tsx';
import { Details } from './Details.tsx';
import { Reweighted } from './Reweighted.tsx';
import { useComparison, useExact } from './use-comparison.ts';
import { Warnings } from './Warnings.tsx';
import { windowSettings } from './window-settings.ts';

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

const station: Station = { id: 'bias', title: text.bias.title, order: 2, run: biasing, View: Bias };
export default station;
