/** A score-based model learns the density from states: how noise comes and goes, what is learned, and where it is wrong. */
import { DENSITY_BINS } from '../../core/comparison.ts';
import type { Experiment } from '../../core/experiment.ts';
import { DenoiserSwitch } from '../learn/DenoiserSwitch.tsx';
import { Densities } from '../learn/Densities.tsx';
import { ForcePanel } from '../learn/ForcePanel.tsx';
import { LearnStory } from '../learn/LearnStory.tsx';
import { Metrics } from '../learn/Metrics.tsx';
import { ModelFiles } from '../learn/ModelFiles.tsx';
import { NoiseStage } from '../learn/NoiseStage.tsx';
import { OneStep, StepButton } from '../learn/OneStep.tsx';
import { ScoreFields } from '../learn/ScoreFields.tsx';
import { useDivergence, useGenerated, useTried } from '../learn/use-generated.ts';
import { useLinkedNoise, useNoise, useScale } from '../learn/use-noise.ts';
import { LossStrip } from '../parts/LossStrip.tsx';
import { Problems } from '../parts/Problem.tsx';
import { energyKey, learningProblem } from '../parts/system.ts';
import { TrainPanel } from '../parts/TrainPanel.tsx';
import { Unavailable } from '../parts/Unavailable.tsx';
import { usePretrained } from '../parts/use-pretrained.ts';
import { learners } from '../runs/learning.ts';
import { useReference } from '../runs/reference.ts';
import type { Station } from '../stations.ts';
import { useExperiment } from '../store.ts';

const client = learners.learn;

function Learn() {
  const experiment = useExperiment();
  const problem = learningProblem(experiment);
  return problem ? <Unavailable reason={problem} /> : <Lesson experiment={experiment} />;
}

function Lesson({ experiment }: { experiment: Experiment }) {
  const noise = useNoise(experiment);
  const scale = useScale(experiment);
  const exact = useReference(
    (reference) => reference.cellProbabilities(experiment, DENSITY_BINS),
    `${energyKey(experiment)} ${experiment.kT}`,
  );
  const states = useGenerated(experiment, noise, scale);
  const divergence = useDivergence(experiment, states, exact);
  const tried = useTried(experiment, noise, states, divergence);
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

const station: Station = { id: 'learn', title: 'Learn', order: 3, run: client, View: Learn };
export default station;
