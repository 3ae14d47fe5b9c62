/** Models as JSON: written and, with every check, read back. */

import { Problem } from '../core/message.ts';
import type { Standardisation } from '../core/numerics/results.ts';
import type { Experiment } from '../core/params/experiment.ts';
import type { Checkpoint, ModelFile, ModelState } from '../core/protocol/learn.ts';
import type { Families } from '../core/settings/families.ts';
import { encodeQuery, parseQuery } from '../core/settings/query.ts';
import { type Architecture, parameterCount } from './architecture.ts';
import { message } from './messages.ts';
import { architectureFor, type Session } from './session.ts';

const SCHEMA = 'saddle-model-1';
/** No experiment trains longer. */
const MOST_STEPS = 1e9;

/** The file of a model as it stands in a checkpoint. */
export function modelFile(session: Session, families: Families, checkpoint: Checkpoint): ModelFile {
  const { experiment, training, scale, cvScale } = session;
  return {
    schema: SCHEMA,
    experiment: encodeQuery(experiment, families),
    architecture: { ...training.architecture },
    scale,
    cvScale,
    step: checkpoint.step,
    weights: base64(checkpoint.average),
    optimiser: {
      parameters: base64(checkpoint.parameters),
      firstMoment: base64(checkpoint.firstMoment),
      secondMoment: base64(checkpoint.secondMoment),
    },
  };
}

/** Reads what `modelFile` wrote. @throws Problem that says what is wrong */
export function readModelFile(file: unknown, families: Families): ModelState {
  const fields = recordOf(file, null);
  if (fields.schema !== SCHEMA)
    throw new Problem(message('model-schema', { found: shown(fields.schema), expected: SCHEMA }));
  const experiment = experimentOf(fields.experiment, families);
  const scale = scaleOf(fields.scale, 'scale');
  const cvScale = scaleOf(fields.cvScale, 'cvScale');
  const architecture = architectureFor(experiment, families, scale.mean.length);
  checkArchitecture(fields.architecture, architecture);
  const expected = Math.max(1, architecture.conditions);
  if (cvScale.mean.length !== expected)
    throw new Problem(message('model-conditions', { found: cvScale.mean.length, expected }));
  const { step } = fields;
  if (typeof step !== 'number' || !Number.isInteger(step) || step < 0 || step > MOST_STEPS)
    throw new Problem(message('model-step', { found: shown(step) }));
  return { experiment, checkpoint: checkpointOf(fields, step, parameterCount(architecture)), scale, cvScale };
}

function checkpointOf(fields: Record<string, unknown>, step: number, count: number): Checkpoint {
  const average = vectorOf(fields.weights, 'weights', count);
  if (fields.optimiser === null || fields.optimiser === undefined) {
    const zeros = new Float32Array(count);
    return { step, average, parameters: average, firstMoment: zeros, secondMoment: zeros };
  }
  const optimiser = recordOf(fields.optimiser, 'optimiser');
  const vector = (name: string) => vectorOf(optimiser[name], `optimiser.${name}`, count);
  const secondMoment = vector('secondMoment');
  if (secondMoment.some((value) => value < 0)) throw new Problem(message('model-second-moment', {}));
  return {
    step,
    average,
    parameters: vector('parameters'),
    firstMoment: vector('firstMoment'),
    secondMoment,
  };
}

function experimentOf(link: unknown, families: Families): Experiment {
  if (typeof link !== 'string') throw new Problem(message('model-without-experiment', {}));
  const { experiment, notices } = parseQuery(link, families);
  if (notices.length > 0)
    throw new Problem(
      message('model-settings', { settings: notices.map(({ key, value }) => ({ key, value })) }),
    );
  if (!families.stations[experiment.station].trains)
    throw new Problem(message('model-station', { station: experiment.station }));
  return experiment;
}

function checkArchitecture(said: unknown, expected: Architecture): void {
  const fields = recordOf(said, 'architecture');
  for (const [name, value] of Object.entries(expected))
    if (fields[name] !== value)
      throw new Problem(
        message('model-architecture', { field: name, found: shown(fields[name]), expected: shown(value) }),
      );
}

function scaleOf(value: unknown, name: string): Standardisation {
  const { mean, deviation } = recordOf(value, name);
  if (!isNumbers(mean) || !isNumbers(deviation) || mean.length !== deviation.length || mean.length === 0)
    throw new Problem(message('model-scale', { field: name }));
  if (deviation.some((d) => d <= 0)) throw new Problem(message('model-deviation', { field: name }));
  return { mean, deviation };
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((v) => typeof v === 'number' && Number.isFinite(v));
}

function recordOf(value: unknown, field: string | null): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Problem(message('model-not-an-object', { field, found: shown(value) }));
  return value as Record<string, unknown>;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}

const CHUNK = 0x8000;

/** Little-endian float32 in base64. */
export function base64(values: Float32Array): string {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setFloat32(4 * i, value, true);
  });
  let text = '';
  for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(text);
}

function vectorOf(text: unknown, name: string, count: number): Float32Array {
  if (typeof text !== 'string') throw new Problem(message('model-field-missing', { field: name }));
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new Problem(message('model-not-base64', { field: name }));
  }
  if (bytes.length !== 4 * count)
    throw new Problem(message('model-length', { field: name, found: bytes.length / 4, expected: count }));
  const view = new DataView(bytes.buffer);
  const values = Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, true));
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new Problem(message('model-number', { field: name, value: String(values[bad]), place: bad + 1 }));
  return values;
}
