/** Drag the slow variable: the model's states at that value beside the exact conditional distribution, a simulation and the data. */

import type { Experiment } from '../../core/params/experiment.ts';
import { modelGroups } from '../../shell/controls/setting-groups.ts';
import { LearnedPanel } from '../../shell/parts/Learned.tsx';
import { LossStrip } from '../../shell/parts/LossStrip.tsx';
import { Problems } from '../../shell/parts/Problem.tsx';
import { learningProblem } from '../../shell/parts/system.ts';
import { TrainPanel } from '../../shell/parts/TrainPanel.tsx';
import { useTrainingCost, useTrainingEngines } from '../../shell/parts/training.ts';
import { Unavailable } from '../../shell/parts/Unavailable.tsx';
import { usePretrained } from '../../shell/parts/use-pretrained.ts';
import type { StationPage } from '../../shell/station.ts';
import { useExperiment } from '../../shell/store.ts';
import { text } from '../../text/index.ts';
import { AtSlider } from './AtSlider.tsx';
import { CarefulButton } from './CarefulButton.tsx';
import { ConditionLandscape } from './ConditionLandscape.tsx';
import { ConditionStory } from './ConditionStory.tsx';
import { DistributionPanel } from './DistributionPanel.tsx';
import { MissPanel } from './MissPanel.tsx';
import { results } from './results.ts';
import { SweepPanel } from './SweepPanel.tsx';
import { client, useConditioned } from './use-conditioned.ts';
import { useDistances } from './use-distances.ts';
import { Ways } from './Ways.tsx';
import './condition.css';

function Condition() {
  const experiment = useExperiment();
  const problem = learningProblem(experiment);
  return problem ? <Unavailable reason={problem} /> : <Lesson experiment={experiment} />;
}

function Lesson({ experiment }: { experiment: Experiment }) {
  const conditioned = useConditioned(experiment);
  const distances = useDistances(experiment, conditioned);
  usePretrained(experiment, 'condition');
  const free = experiment.also === 'none';
  return (
    <>
      <div className="stage condition">
        <ConditionStory experiment={experiment} conditioned={conditioned} distances={distances} />
        <Problems run={client} />
        <Ways experiment={experiment} />
        <ConditionLandscape experiment={experiment} conditioned={conditioned} />
        <AtSlider experiment={experiment} at={conditioned.at} support={conditioned.support} />
        {free && <SweepPanel experiment={experiment} conditioned={conditioned} />}
      </div>
      <div className="side">
        <TrainPanel client={client} conditional>
          <CarefulButton client={client} />
        </TrainPanel>
        {free && (
          <DistributionPanel experiment={experiment} conditioned={conditioned} distances={distances} />
        )}
        <MissPanel experiment={experiment} conditioned={conditioned} />
        <LearnedPanel experiment={experiment} />
        <LossStrip client={client} className="small" />
      </div>
    </>
  );
}

const station: StationPage = {
  title: text.condition.title,
  run: client,
  View: Condition,
  problem: learningProblem,
  settings: modelGroups,
  useCost: () => useTrainingCost(client),
  useEngines: () => useTrainingEngines(client),
  configure: (experiment, backend) => client.configure(experiment, backend),
  takesLearnedCv: true,
  results,
};
export default station;
