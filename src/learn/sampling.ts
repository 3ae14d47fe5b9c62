/** What generates the samples that an experiment asks of a model. */

import { exactConditionalDenoiser, exactDenoiser } from '../core/exact/array-denoiser.ts';
import { crossings } from '../core/exact/crossings.ts';
import { type Density, exactDensity } from '../core/exact/density.ts';
import { arrayGuide, guidedDenoiser } from '../core/generative/conditioning/guidance.ts';
import { Level, requestedOf, valuesOf } from '../core/generative/conditioning/level.ts';
import { type ConditionedData, kernelStates, Neighbours } from '../core/generative/conditioning/near-data.ts';
import { statesDenoiser } from '../core/generative/conditioning/states-denoiser.ts';
import type { Denoiser } from '../core/generative/contract.ts';
import { pathOf } from '../core/generative/diffusion.ts';
import { conditionSettingsOf } from '../core/generative/generation-settings.ts';
import { Problem } from '../core/message.ts';
import { type Experiment, group } from '../core/params/experiment.ts';
import type { Families } from '../core/settings/families.ts';
import { type Setting, settingOf } from '../core/systems/model.ts';
import { Generation, type GenerationSettings, type SampleRun } from './generation.ts';
import { arrayHost, type NetworkUse, networkHost, Resampling } from './hosts.ts';
import { message } from './messages.ts';
import type { Session } from './session.ts';
import { standardisationOf } from './standardise.ts';
import { tensorGuide } from './tensor-guide.ts';
import type { ReadBack } from './training.ts';

export interface Order {
  readonly experiment: Experiment;
  readonly count: number;
  /** Value of the slow variable, or null for the whole distribution. */
  readonly at: number | null;
  /** Number of the first sample: those before it have been generated elsewhere. */
  readonly first?: number;
}

/** @throws Error that says why the experiment cannot be sampled with this model */
export function beginSampling(session: Session, families: Families, order: Order, read: ReadBack): SampleRun {
  const { experiment, count, at, first } = order;
  const { by, neighbours } = conditionSettingsOf(experiment);
  const { scale, settings: training } = session;
  if (at !== null && by === 'neighbours') {
    const { model } = settingOf(experiment, families);
    const levels = requestedOf(experiment, model, at).map((asked) => new Level(model, asked, scale));
    const near = new Neighbours(dataNear(session, families, experiment, at), levels, neighbours);
    return new Resampling(near, count, training.seed);
  }
  const settings: GenerationSettings = {
    seed: training.seed,
    count,
    generator: families.generators[experiment.generator],
    params: group(experiment, 'generator'),
    path: pathOf(experiment, families),
    first,
  };
  const denoiser = arrayDenoiser(session, families, order);
  if (denoiser) return new Generation(arrayHost(denoiser, scale.mean.length), settings);
  const use = networkUse(session, families, order);
  const { parameters, architecture } = session.training;
  return new Generation(networkHost(parameters, architecture, use, read), settings);
}

/** Standardised values for a network that was trained on conditions; none for one that was not. */
export function standardised(
  session: Session,
  families: Families,
  experiment: Experiment,
  at: number | null,
) {
  const { conditional, cvScale } = session;
  if (conditional !== (at !== null))
    throw new Problem(message(conditional ? 'condition-needed' : 'model-unconditional', {}));
  if (at === null) return [];
  const asked = requestedOf(experiment, settingOf(experiment, families).model, at);
  return asked.map(({ at: value }, c) => (value - cvScale.mean[c]) / cvScale.deviation[c]);
}

function networkUse(session: Session, families: Families, { experiment, at }: Order): NetworkUse {
  const { by, weight } = conditionSettingsOf(experiment);
  if (at === null || by !== 'guidance')
    return {
      asked: {
        condition: standardised(session, families, experiment, at),
        weight: at === null ? undefined : weight,
      },
    };
  const { model } = settingOf(experiment, families);
  const asked = standardised(session, families, experiment, null);
  const guide = tensorGuide(model, requestedOf(experiment, model, at), session.scale);
  return { asked: { condition: asked }, guide: { by: guide, weight } };
}

/** The denoiser on plain arrays, or null where it is that of the network. */
function arrayDenoiser(
  session: Session,
  families: Families,
  { experiment, at }: Order,
): Denoiser<Float64Array> | null {
  const { by, weight, bandwidth } = conditionSettingsOf(experiment);
  const { scale } = session;
  if (at !== null && by === 'kernel')
    return statesDenoiser(kernelStates(dataNear(session, families, experiment, at), bandwidth));
  if (experiment.denoiser !== 'exact') return null;
  const setting = settingOf(experiment, families);
  const density = densityOf(experiment, setting);
  if (at === null) return exactDenoiser(setting, density, scale);
  const asked = requestedOf(experiment, setting.model, at);
  if (by !== 'guidance')
    return asked.length > 1
      ? statesDenoiser(crossings(setting, asked, scale))
      : exactConditionalDenoiser(setting, density, scale, at);
  const levels = asked.map((one) => new Level(setting.model, one, scale));
  return guidedDenoiser(exactDenoiser(setting, density, scale), arrayGuide(levels), weight);
}

function dataNear(session: Session, families: Families, experiment: Experiment, at: number): ConditionedData {
  const { model } = settingOf(experiment, families);
  const asked = requestedOf(experiment, model, at);
  const { points, states } = session.data;
  const even = new Float64Array(states.length / points.dimension).fill(points.dimension / states.length);
  const cvs = asked.map(({ cv }) => {
    const values = Float32Array.from(valuesOf(model, cv.value, points));
    const [deviation] = standardisationOf({ dimension: 1, values }, even).deviation;
    return { values, deviation };
  });
  return { dimension: points.dimension, states, cvs, asked };
}

let last: { readonly key: string; readonly density: Density } | undefined;

/** The exact density; the last one is kept, since a drag asks for the same one at every value. */
function densityOf(experiment: Experiment, { model, kT }: Setting): Density {
  const key = JSON.stringify([experiment.system, group(experiment, 'system'), kT]);
  if (last?.key !== key) last = { key, density: exactDensity(model, kT) };
  return last.density;
}
