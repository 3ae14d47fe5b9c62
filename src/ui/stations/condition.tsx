/** Drag the slow variable: the model's states at that value beside the exact conditional law, a simulation and the data. */

import type { Experiment } from '../../core/experiment.ts';
import { AtSlider } from '../condition/AtSlider.tsx';
import { CarefulButton } from '../condition/CarefulButton.tsx';
import { ConditionLandscape } from '../condition/ConditionLandscape.tsx';
import { ConditionStory } from '../condition/ConditionStory.tsx';
import { LawPanel } from '../condition/LawPanel.tsx';
import { MissPanel } from '../condition/MissPanel.tsx';
import { SweepPanel } from '../condition/SweepPanel.tsx';
import { client, useConditioned } from '../condition/use-conditioned.ts';
import { Ways } from '../condition/Ways.tsx';
import { LearnedPanel } from '../parts/Learned.tsx';
import { LossStrip } from '../parts/LossStrip.tsx';
import { Problems } from '../parts/Problem.tsx';
import { learningProblem } from '../parts/system.ts';
import { TrainPanel } from '../parts/TrainPanel.tsx';
import { Unavailable } from '../parts/Unavailable.tsx';
import { usePretrained } from '../parts/use-pretrained.ts';
import type { Station } from '../stations.ts';
import { useExperiment } from '../store.ts';

function Condition() {
  const experiment = useExperiment();
  const problem = learningProblem(experiment);
  return problem ? <Unavailable reason={problem} /> : <Lesson experiment={experiment} />;
}

function Lesson({ experiment }: { experiment: Experiment }) {
  const conditioned = useConditioned(experiment);
  usePretrained(experiment, 'condition');
  const free = experiment.also === 'none';
  return (
    <>
      <div className="stage condition">
        <ConditionStory experiment={experiment} conditioned={conditioned} />
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
        {free && <LawPanel experiment={experiment} conditioned={conditioned} />}
        <MissPanel experiment={experiment} conditioned={conditioned} />
        <LearnedPanel experiment={experiment} />
        <LossStrip client={client} className="small" />
      </div>
    </>
  );
}

const station: Station = { id: 'condition', title: 'Condition', order: 4, run: client, View: Condition };
export default station;
