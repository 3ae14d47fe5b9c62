import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { families } from '../catalog.ts';
import { CloseRun } from '../core/coarse/close-run.ts';
import type { Consistency } from '../core/coarse/frame.ts';
import { NormalDraws } from '../core/generative/array-batch.ts';
import { RandomStream } from '../core/numerics/random.ts';
import { parseQuery } from '../core/settings/query.ts';
import { liftTrainer } from './lift-trainer.ts';

beforeAll(async () => {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(
    fileURLToPath(new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url)),
  );
  expect(await tf.setBackend('wasm')).toBe(true);
});

/** `count` rows of standard normals in two coordinates. */
const noiseOf = (purpose: string, count: number) =>
  new NormalDraws(new RandomStream(3, purpose), { first: 0, count, dimension: 2 }).next();

const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('the network that lifts', () => {
  it('generates full states of their conditional distribution, and leaves no tensors', async () => {
    const before = tf.memory().numTensors;
    const trainer = liftTrainer(families)(5);
    // States (z, y) with y normal of mean sin(2 z) and deviation 0.3, z between -1 and 1.
    const noise = noiseOf('data', 4000);
    const cv = Float64Array.from({ length: 4000 }, (_, i) => (2 * (i % 100)) / 99 - 1);
    const values = Float32Array.from(noise, (n, i) =>
      i % 2 === 0 ? cv[i >> 1] : Math.sin(2 * cv[i >> 1]) + 0.3 * n,
    );
    expect(() => trainer.generate([0], noise)).toThrow(/no data/);
    trainer.begin({ states: { dimension: 2, values }, conditions: [cv], along: cv }, 400);
    while ((await trainer.advance()) < 400);
    for (const z of [-0.7, 0, 0.5]) {
      const rows = trainer.generate([z], noiseOf('lift', 500));
      const [x, y] = [0, 1].map((d) => Array.from(rows).filter((_, i) => i % 2 === d));
      expect(meanOf(x.map((value) => Math.abs(value - z)))).toBeLessThan(0.06);
      expect(Math.abs(meanOf(y) - Math.sin(2 * z))).toBeLessThan(0.1);
      const deviation = Math.sqrt(meanOf(y.map((value) => (value - meanOf(y)) ** 2)));
      expect(Math.abs(deviation - 0.3)).toBeLessThan(0.06);
    }
    expect(trainer.networkEvaluations).toBe(400 * 256 + 3 * 500 * 23);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('station Close with a trained model', () => {
  const SYSTEM = 'system=fast-slow-double-well&system.epsilon=0.01&system.barrier=8&system.amplitude=1';

  async function consistencyOf(query: string): Promise<Consistency> {
    const { experiment, notices } = parseQuery(
      `station=close&close.map=none&close.lift=model&close.training=400&${SYSTEM}&${query}`,
      families,
    );
    expect(notices).toEqual([]);
    const run = new CloseRun(families, experiment, liftTrainer(families));
    await run.advance();
    const { problem, consistency, networkEvaluations, forceEvaluations, budget } = run.frame();
    run.dispose();
    expect(problem).toBeNull();
    expect(networkEvaluations).toBeGreaterThan(400 * 256);
    expect(forceEvaluations).toBeLessThanOrEqual(budget);
    return consistency as Consistency;
  }

  it('finds F from bursts of healed lifts, restriction exact by construction, averages near the exact ones', async () => {
    const { freeEnergyFromDynamics, restriction, closure } = await consistencyOf('budget=2000000');
    expect(freeEnergyFromDynamics?.rmse).toBeLessThan(0.15);
    expect(restriction?.full.high).toBe(0);
    expect(closure?.source.id).toBe('lift-model');
    // In standard deviations of y given x, 0.22: a third.
    expect(closure?.error?.lifted).toBeLessThan(0.075);
  });

  it('misses the value where full states are generated, until they are moved', async () => {
    const { restriction } = await consistencyOf('close.model=full&budget=500000&close.values=9');
    expect(restriction?.full.mean).toBeGreaterThan(1e-3);
    expect(restriction?.full.mean).toBeLessThan(0.1);
    expect(restriction?.orthogonal.high).toBeLessThan(1e-9);
  });
});
