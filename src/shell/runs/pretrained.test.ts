import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { families } from '../../catalog.ts';
import { exactConditionalDenoiser, exactDenoiser } from '../../core/exact/array-denoiser.ts';
import { exactDensity } from '../../core/exact/density.ts';
import { sampleEquilibrium } from '../../core/exact/sample.ts';
import { RandomStream } from '../../core/numerics/random.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { settingOf } from '../../core/systems/model.ts';
import { networkDenoiser } from '../../learn/denoiser.ts';
import { drawBuffer, fillNormals } from '../../learn/draws.ts';
import { readModelFile } from '../../learn/model-file.ts';
import { architectureFor } from '../../learn/session.ts';
import { standardise } from '../../learn/standardise.ts';
import { pretrainedAddress } from './pretrained.ts';

const read = (query: string) => parseQuery(query, families).experiment;
const fileOf = (address: string) => fileURLToPath(new URL(`../../../public/${address}`, import.meta.url));

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test('a model comes with the default experiments, whatever is asked of it', () => {
  for (const station of ['learn', 'condition'] as const) {
    const address = pretrainedAddress(read(`station=${station}&samples=700&sigma=0.5`), station);
    expect(address).toBe(`./pretrained/three-hole-${station}.json`);
    expect(existsSync(fileOf(address ?? ''))).toBe(true);
  }
});

test.each(['system=mueller-brown', 'kT=0.7', 'network.width=32', 'train.steps=100', 'seed=2', 'schedule=vp'])(
  'none comes with %s',
  (query) => {
    expect(pretrainedAddress(read(`station=learn&${query}`), 'learn')).toBeNull();
  },
);

test.each(['condition.by=guidance', 'also=y&alsoAt=0.3', 'cv=y'])(
  'none comes for conditioning with %s',
  (query) => {
    expect(pretrainedAddress(read(`station=condition&${query}`), 'condition')).toBeNull();
  },
);

/** Root mean square of D - exact over states and coordinates, in units of what an untrained network is wrong by. */
test.each([
  ['learn', null, 0.1],
  ['learn', null, 1],
  ['condition', 0, 0.3],
  ['condition', -1, 1],
] as const)('%s at %s and noise %d: the model denoises nearly as the exact one', (station, at, ratio) => {
  const address = pretrainedAddress(read(`station=${station}`), station) ?? '';
  const { experiment, checkpoint, scale, cvScale } = readModelFile(
    JSON.parse(readFileSync(fileOf(address), 'utf8')),
    families,
  );
  const setting = settingOf(experiment, families);
  const density = exactDensity(setting.model, setting.kT);
  const states = sampleEquilibrium(density, 400, new RandomStream(7, 'test states'));
  const normals = drawBuffer(states.values.length);
  fillNormals(new RandomStream(7, 'test noise'), 0, normals);
  const { values } = standardise(states, scale);
  // In a conditional model the first coordinate is the slow variable: all states are near the asked value.
  const standard = at === null ? null : (at - cvScale.mean[0]) / cvScale.deviation[0];
  const noisy = Float64Array.from(
    values,
    (v, i) => (i % 2 === 0 && standard !== null ? standard : v) + ratio * normals[i],
  );
  const exact =
    at === null
      ? exactDenoiser(setting, density, scale)
      : exactConditionalDenoiser(setting, density, scale, at);
  const network = networkDenoiser(tf.tensor1d(checkpoint.average), architectureFor(experiment, families, 2), {
    condition: standard === null ? [] : [standard],
  });
  const answer = network(tf.tensor2d(Float32Array.from(noisy), [400, 2]), ratio).dataSync();
  const expected = exact(noisy, ratio);
  const untrained = (i: number) => noisy[i] / (1 + ratio ** 2);
  const rms = (of: (i: number) => number) =>
    Math.sqrt(expected.reduce((sum, value, i) => sum + (of(i) - value) ** 2, 0) / expected.length);
  const share = rms((i) => answer[i]) / rms(untrained);
  expect(share).toBeLessThan(0.25);
});
