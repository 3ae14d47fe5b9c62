/** Runs in Chromium: the training step of the page. */

import { RandomStream } from '../../src/core/numerics/random.ts';
import { architectureOf } from '../../src/learn/architecture.ts';
import { initialParameters } from '../../src/learn/network.ts';
import { disposeState, initialState } from '../../src/learn/optimiser.ts';
import { trainingStep } from '../../src/learn/training.ts';
import { expose, minibatch } from './trainer.ts';
import { BATCH, DEPTH, OUTPUTS, WIDTH } from './training-problem.ts';

expose(() => {
  const settings = {
    kind: 'mlp',
    activation: 'silu',
    features: 'log-sigma',
    width: WIDTH,
    depth: DEPTH,
  } as const;
  const architecture = architectureOf(settings, OUTPUTS, { conditions: 0, nullable: false });
  const examples = { ...minibatch(), weights: null, ratios: new Float32Array(BATCH).fill(1), slices: null };
  const learning = { steps: 1e6, learningRate: 1e-3, objective: 'denoising' } as const;
  let state = initialState(initialParameters(architecture, new RandomStream(1, 'initial weights')));
  let step = 0;
  return {
    take() {
      const next = trainingStep(state, architecture, examples, step++, learning);
      disposeState(state);
      next.loss.dispose();
      state = next.state;
    },
    settle: () => state.parameters.data(),
  };
});
