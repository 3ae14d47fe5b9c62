import type { EngineMessages, LearnMessages } from '../../../core/protocol/messages.ts';
import { plural, short, wholeNumber } from '../../format.ts';
import type { Words } from '../../language.ts';

export const learn: Words<LearnMessages> = {
  'no-webgpu': () => 'This browser has no WebGPU adapter.',
  'backend-fails': ({ backend }) => `The backend ${backend} could not be initialised.`,
  'no-backend': ({ probes }, say) =>
    `No backend works in this browser. ${probes
      .map(({ id, problem }) => `${id}: ${problem ? say(problem) : 'failed.'}`)
      .join(' ')}`,
  'backend-other-works': ({ backend }) => `Not tried: ${backend} works.`,
  'backend-other-fast': ({ backend }) => `Not tried: ${backend} is fast enough.`,
  'backend-software-adapter': () => 'Not tried: WebGPU runs on the processor here (software adapter).',
  'backend-too-slow': ({ backend, seconds }) =>
    `Stopped: the first step on ${backend} took longer than ${short(seconds)} s.`,
  'graphics-device-lost': ({ detail }) => `the graphics device was lost (${detail})`,
  'webgl-context-lost': () => 'the WebGL context was lost',
  'learning-stopped': ({ reason }, say) =>
    `Training stopped: ${say(reason)}. Start again, or choose the backend wasm.`,

  'model-schema': ({ found, expected }) =>
    `This file is not a model that can be read here: its schema is ${found} instead of "${expected}".`,
  'model-not-an-object': ({ field, found }) =>
    field === null
      ? `The file is not a model: it contains ${found}.`
      : `The model file is damaged: ${field} is ${found}.`,
  'model-conditions': ({ found, expected }) =>
    `The model file has cvScale for ${found} collective variables, but its experiment has ${expected}.`,
  'model-step': ({ found }) =>
    `The step in the model file must be a whole number of at least 0; it is ${found}.`,
  'model-second-moment': () => 'The field optimiser.secondMoment of the model file has negative numbers.',
  'model-without-experiment': () => 'The model file contains no experiment.',
  'model-settings': ({ settings }) =>
    `The model file contains settings that cannot be used: ${settings.map(({ key, value }) => `${key}=${value}`).join('; ')}.`,
  'model-station': ({ station }) =>
    `The experiment in the model file belongs to the station ${station}, which trains no model.`,
  'model-architecture': ({ field, found, expected }) =>
    `The model file does not match its experiment: ${field} is ${found} instead of ${expected}.`,
  'model-scale': ({ field }) =>
    `The field ${field} of the model file must contain a mean and a deviation for each coordinate.`,
  'model-deviation': ({ field }) =>
    `The field ${field} of the model file has a deviation that is not positive.`,
  'model-field-missing': ({ field }) => `The model file has no ${field}.`,
  'model-not-base64': ({ field }) => `The field ${field} of the model file is not base64.`,
  'model-length': ({ field, found, expected }) =>
    `The field ${field} of the model file has ${plural(found, 'number')}; the network has ${wholeNumber(expected)} parameters.`,
  'model-number': ({ field, value, place }) =>
    `The field ${field} of the model file has ${value} as its number ${place}.`,

  'training-diverged': ({ step, what, value, kept, learningRate }) =>
    `Training diverged after step ${step}: ${
      what === 'loss' ? 'the loss became' : 'the weights grew to'
    } ${Number.isFinite(value) ? short(value) : 'infinite'}. The weights of step ${kept} are kept. Use a learning rate below ${short(learningRate)}.`,
  'model-of-other-states': () =>
    'This model was trained on other states than those in this page. Choose the data that it was trained on, then load the model again.',
  'drop-condition-needed': () =>
    'This model was trained with conditions only. Set the condition dropout above 0, e.g. 0.1, and retrain.',
  'condition-needed': () =>
    'This model is conditional: give the value of the collective variable at which to generate.',
  'model-unconditional': () => 'This model is unconditional: it was trained without the collective variable.',
};

export const engines: Words<EngineMessages> = {
  'device-too-small': ({ walkers }) => `This graphics device cannot simulate ${plural(walkers, 'walker')}.`,
  'device-refuses': ({ detail }) => `The graphics device cannot run this simulation: ${detail}`,
  'random-numbers-used-up': () =>
    'The run is too long: its random numbers are used up. Use a longer time step or a shorter simulated time.',
};
