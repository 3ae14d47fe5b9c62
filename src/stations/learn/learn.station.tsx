/** A score-based model learns the density from states: how noise comes and goes, what is learned, and where it is wrong. */

import { DENSITY_BINS } from '../../core/metrics/comparison.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { modelGroups } from '../../shell/controls/setting-groups.ts';
import { LossStrip } from '../../shell/parts/LossStrip.tsx';
import { Problems } from '../../shell/parts/Problem.tsx';
import { learningProblem } from '../../shell/parts/system.ts';
import { TrainPanel } from '../../shell/parts/TrainPanel.tsx';
import { useTrainingCost, useTrainingEngines } from '../../shell/parts/training.ts';
import { Unavailable } from '../../shell/parts/Unavailable.tsx';
import { usePretrained } from '../../shell/parts/use-pretrained.ts';
import { learners } from '../../shell/runs/learning.ts';
import { reference, useReference } from '../../shell/runs/reference.ts';
import type { StationPage } from '../../shell/station.ts';
import { useExperiment } from '../../shell/store.ts';
import { text } from '../../text/index.ts';
import { DenoiserSwitch } from './DenoiserSwitch.tsx';
import { Densities } from './Densities.tsx';
import { ForcePanel } from './ForcePanel.tsx';
import { LearnStory } from './LearnStory.tsx';
import { Metrics } from './Metrics.tsx';
import { ModelFiles } from './ModelFiles.tsx';
import { NoiseStage } from './NoiseStage.tsx';
import { OneStep, StepButton } from './OneStep.tsx';
import { results } from './results.ts';
import { ScoreFields } from './ScoreFields.tsx';
import { useDivergence, useGenerated, useTried } from './use-generated.ts';
import { useLinkedNoise, useNoise, useScale } from './use-noise.ts';
import './learn.css';

const client = learners.learn;

function Learn() {
  const experiment = useExperiment();
  const problem = learningProblem(experiment);
  return problem ? <Unavailable reason={problem} /> : <Lesson experiment={experiment} />;
}

function Lesson({ experiment }: { experiment: Experiment }) {
  const noise = useNoise(experiment);
  const scale = useScale(experiment);
  const exact = useReference(reference.cellProbabilities(experiment, DENSITY_BINS));
  const states = useGenerated(experiment, scale);
  const divergence = useDivergence(experiment, states, exact);
  const tried = useTried(experiment, states, divergence);
  useLinkedNoise(experiment, noise);
  usePretrained(experiment, 'learn');
  return (
    <>
      <div className="stage">
        <LearnStory experiment={experiment} />
        <Problems run={client} />
        <NoiseStage experiment={experiment} noise={noise} scale={scale} />
        <DenoiserSwitch experiment={experiment} compared={{ ...tried, floor: divergence?.floor ?? null }} />
        <Densities experiment={experiment} exact={exact} states={states} divergence={divergence} />
      </div>
      <div className="side">
        <TrainPanel client={client} conditional={false}>
          <StepButton />
        </TrainPanel>
        <OneStep experiment={experiment} />
        <LossStrip client={client} className="small" />
        <ModelFiles />
        <ScoreFields experiment={experiment} noise={noise} scale={scale} />
        <ForcePanel experiment={experiment} scale={scale} />
        <Metrics experiment={experiment} states={states} />
      </div>
    </>
  );
}

const station: StationPage = {
  title: text.learn.title,
  run: client,
  View: Learn,
  problem: learningProblem,
  settings: modelGroups,
  useCost: () => useTrainingCost(client),
  useEngines: () => useTrainingEngines(client),
  configure: (experiment, backend) => client.configure(experiment, backend),
  results,
};
export default station;
