/** The WGSL engine on a real device (SwiftShader where there is no graphics card), before any page uses it. */
import { expect, test } from '@playwright/test';
import { BIASED_RUNS } from '../checks/biased.ts';
import { inEmptyPage } from './checks-page.ts';
import type { Checks } from './gpu/checks.ts';

const check = inEmptyPage<Checks>('gpu/checks.ts', 'checks');

const ensemble = { walkers: 1024, firstWalker: 0, seed: 3, stride: 10, groupSize: 32 };
const threeHole = {
  system: 'three-hole',
  integrator: 'euler-maruyama',
  kT: 1,
  dt: 0.005,
  ensemble,
} as const;
const harmonic = { ...threeHole, system: 'harmonic', kT: 0.8, dt: 0.1 } as const;

/** Mean over groups of each of the three observables, with its standard error. */
function overGroups(values: readonly number[]): { mean: number; error: number }[] {
  const groups = values.length / 3;
  return [0, 1, 2].map((k) => {
    const column = Array.from({ length: groups }, (_, g) => values[3 * g + k]);
    const mean = column.reduce((a, b) => a + b, 0) / groups;
    const squares = column.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, error: Math.sqrt(squares / (groups * (groups - 1))) };
  });
}

test('Philox on the device gives the published words and those of the processor @webgpu', async ({
  page,
}) => {
  const ones = 0xffffffff;
  // Known-answer vectors published with Random123 (kat_vectors, philox4x32 10).
  const published = [
    [0, 0, 0, 0, 0, 0],
    [ones, ones, ones, ones, ones, ones],
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0],
  ];
  const others = Array.from({ length: 50 }, (_, n) =>
    [0, 1, 2, 3, 4, 5].map((k) => Math.imul(n + 1, 0x9e3779b1 + 77 * k) >>> 0),
  );
  const { words, expected } = await check(page, 'philoxWords', [...published, ...others]);
  const answer = [
    ...[0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ...[0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ...[0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ];
  expect(words.slice(0, answer.length)).toEqual(answer);
  expect(words).toEqual(expected);
});

test('normals on the device are those of the processor within 1e-5 @webgpu', async ({ page }) => {
  expect(await check(page, 'normalsError', 100, 300)).toBeLessThan(1e-5);
});

const functions = {
  exponential: [Math.exp, -20, 20],
  logarithm: [Math.log, 1e-6, 50],
  sine: [Math.sin, -30, 30],
  cosine: [Math.cos, -30, 30],
  hyperbolicTangent: [Math.tanh, -12, 12],
} as const;

for (const [name, [reference, low, high]] of Object.entries(functions)) {
  test(`${name} on the device keeps its error bound @webgpu`, async ({ page }) => {
    const at = Array.from({ length: 4001 }, (_, n) => Math.fround(low + ((high - low) * n) / 4000));
    const values = await check(page, 'functionValues', name, at);
    const bound = (x: number) =>
      name === 'exponential'
        ? (3 + 2 * Math.abs(x)) * 2 ** -23 * Math.exp(x)
        : 1e-6 * Math.max(1, Math.abs(x) / 10);
    const worst = at.reduce((most, x, n) => Math.max(most, Math.abs(values[n] - reference(x)) / bound(x)), 0);
    expect(worst).toBeLessThan(1);
  });
}

test('edges of exponential and logarithm on the device @webgpu', async ({ page }) => {
  const [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const exponential = await check(page, 'functionValues', 'exponential', [low, -1000, 0, Number.NaN, 1000]);
  expect(exponential.slice(0, 4)).toEqual([0, 0, 1, Number.NaN]);
  expect(exponential[4]).toBeGreaterThan(1e38);
  const logarithm = await check(page, 'functionValues', 'logarithm', [0, -1, Number.NaN, high, 1]);
  expect(logarithm).toEqual([low, Number.NaN, Number.NaN, high, 0]);
});

test('powers of any sign and angles that are too large on the device @webgpu', async ({ page }) => {
  const bases = [-2, -1, 0, 3, Number.NaN];
  for (const exponent of [3, 2, 0.5, 0, -1]) {
    const values = await check(page, 'functionValues', 'powered', bases, exponent);
    bases.forEach((base, n) => {
      const what = `${base}^${exponent}`;
      // What is beyond all numbers is the largest one.
      const expected = Math.min(base ** exponent, 3e38);
      if (Number.isNaN(expected)) expect(values[n], what).toBeNaN();
      else if (expected === 3e38) expect(values[n], what).toBeGreaterThan(1e38);
      else expect(values[n], what).toBeCloseTo(expected, 5);
    });
  }
  const sines = await check(page, 'functionValues', 'sine', [2 ** 21, -(2 ** 21), 1]);
  expect(sines.slice(0, 2)).toEqual([Number.NaN, Number.NaN]);
  expect(sines[2]).toBeCloseTo(Math.sin(1), 5);
});

test('walkers follow WebAssembly over a short time, and stay with rejected proposals @webgpu', async ({
  page,
}) => {
  for (const integrator of ['euler-maruyama', 'metropolis'] as const) {
    const run = {
      ...threeHole,
      integrator,
      ensemble: { ...ensemble, walkers: 37, firstWalker: 5, groupSize: 8 },
    };
    const { state } = await check(page, 'after', run, [100]);
    const expected = await check(page, 'processorState', run, 100);
    const astray = expected.flatMap((values, d) =>
      values.filter((value, w) => Math.abs(value - state[d][w]) > 1e-4),
    );
    // Rounding decides a close call of acceptance now and then.
    expect(astray.length, integrator).toBeLessThanOrEqual(integrator === 'metropolis' ? 2 : 0);
  }
});

test('the variance in a harmonic well is that of the integrator @webgpu', async ({ page }) => {
  const { wgsl, visits, records } = await check(page, 'groupMeans', harmonic, 200, 4000);
  const [, square] = overGroups(wgsl);
  expect(records).toBe(400);
  expect(visits).toBe(400 * ensemble.walkers);
  // Euler-Maruyama: kT / (1 - dt/2)
  expect(Math.abs(square.mean - 0.8 / 0.95) / square.error).toBeLessThan(4);
});

test('means in the three-hole potential are those of quadrature and of WebAssembly @webgpu', async ({
  page,
}) => {
  // Metropolis leaves the density exactly invariant: what is left is statistics.
  const run = { ...threeHole, integrator: 'metropolis', dt: 0.1 } as const;
  const { wgsl, wasm } = await check(page, 'groupMeans', run, 2000, 10_000);
  const exact = await check(page, 'exactMeans', run);
  const [device, processor] = [overGroups(wgsl), overGroups(wasm)];
  device.forEach(({ mean, error }, k) => {
    const difference = Math.abs(mean - processor[k].mean) / Math.hypot(error, processor[k].error);
    expect(Math.abs(mean - exact[k]) / error, `observable ${k}`).toBeLessThan(4);
    expect(difference, `observable ${k} against WebAssembly`).toBeLessThan(4);
  });
});

test('results do not depend on how steps are cut into calls @webgpu', async ({ page }) => {
  // Records enough for averages to leave the device in between.
  const run = { ...threeHole, ensemble: { ...ensemble, walkers: 101, stride: 1, groupSize: 32 } };
  const whole = await check(page, 'after', run, [5000]);
  const cut = await check(page, 'after', run, [1, 62, 2, 999, 3, 3000, 933]);
  expect(whole.records).toBe(5000);
  expect(cut).toEqual(whole);
});

test('walkers thrown out by an unstable step stay far out, as numbers @webgpu', async ({ page }) => {
  const { state, visits } = await check(page, 'after', { ...harmonic, dt: 2.5 }, [400, 100]);
  expect(state[0].every((x) => Math.abs(x) > 1e38 && Number.isFinite(x))).toBe(true);
  expect(visits.reduce((a, b) => a + b, 0)).toBeLessThan(10 * ensemble.walkers);
});

test('without an adapter there is no device', async ({ page }) => {
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'gpu', { value: { requestAdapter: async () => null } });
  });
  expect(await check(page, 'hasDevice')).toBe(false);
});

test('the engine of the page outlives its device @webgpu', async ({ page }) => {
  const { atLoss, step, records, visits, finite } = await check(page, 'survive', threeHole, 20_000);
  expect(atLoss, 'lost on the way').toBeLessThan(20_100);
  expect(step).toBe(20_100);
  expect(records).toBe(2010);
  expect(visits).toBeGreaterThan(0.9 * records * ensemble.walkers);
  expect(finite).toBe(true);
});

test('a lost device costs no run: WebAssembly goes on from the checkpoint @webgpu', async ({ page }) => {
  const result = await check(page, 'loseDevice', threeHole, 500, 100);
  expect(result.message).toMatch(/^device lost: ./);
  expect(result.lateIsTyped).toBe(true);
  expect(result.step).toBeGreaterThanOrEqual(500);
  expect(result.resumedStep).toBe(result.step + 100);
  expect(result.records).toBe(Math.floor(result.resumedStep / 10));
  expect(result.visits).toBeGreaterThan(0.9 * result.records * ensemble.walkers);
  expect(result.finite).toBe(true);
});

test('entries of tables are those of WebAssembly, beyond the ends too @webgpu', async ({ page }) => {
  const inside = [0, 0.999, 1, 2.5, 3.999, 4, 4.5];
  const places = [...inside, -1e30, -3.5, -0.5, 5, 7, 2 ** 31, 2 ** 32, 1e30, Number.NaN];
  const { wgsl, wasm } = await check(page, 'lookUp', places);
  expect(wgsl).toEqual(wasm);
  expect(wgsl[0]).toEqual(places.map(() => 0));
  expect(new Set(wgsl[1]).size, 'every entry is seen').toBe(5);
});

test('a table may change during a run, however it is cut into calls @webgpu', async ({ page }) => {
  const few = { ...ensemble, walkers: 101 };
  const { whole, cut, wasm } = await check(page, 'tabulatedRun', few, 400, 7);
  expect(cut).toEqual(whole);
  expect(whole.records).toBe(wasm.records);
  // Rounding puts a walker into the neighbouring cell of the table now and then.
  expect(whole.x.filter((x, w) => Math.abs(x - wasm.x[w]) > 0.01)).toEqual([]);
});

test('tables outlive the device @webgpu', async ({ page }) => {
  const { survived, wasm } = await check(page, 'surviveWithTables', ensemble, 400);
  expect(survived.records).toBe(wasm.records);
  expect(survived.x.filter((x, w) => Math.abs(x - wasm.x[w]) > 0.01)).toEqual([]);
});

for (const run of BIASED_RUNS) {
  const what = run.ownTemperature ? 'springs and temperatures' : 'springs';
  test(`${run.integrator} in ${run.system}, ${what} of their own: the steps of the interpreter @webgpu`, async ({
    page,
  }) => {
    const { apart, moved } = await check(page, 'biasedSteps', run, 60);
    // Where proposals are rejected, rounding decides a close call now and then.
    expect(apart).toBeLessThanOrEqual(run.integrator === 'metropolis' ? 2 : 0);
    expect(Math.min(...moved)).toBeGreaterThan(0.05);
  });
}

test('the engines are timed against each other @webgpu', async ({ page }) => {
  const run = { ...threeHole, ensemble: { ...ensemble, walkers: 4096, groupSize: 128 } };
  const { wasm, wgsl, worthwhile } = await check(page, 'timing', run);
  expect(wasm).toBeGreaterThan(0);
  expect(wgsl).toBeGreaterThan(0);
  expect(worthwhile).toBe(wgsl * 1.2 < wasm);
});
