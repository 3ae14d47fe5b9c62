/** Exact samples of exp(-(U + spring)/kT) for every window, where quadrature or a transfer operator gives them. */
import { harmonicEnergy, periodOf } from '../../dynamics/bias-term.ts';
import type { Window } from '../../estimators/window-samples.ts';
import { transferOperatorOf } from '../../exact/chain-distributions.ts';
import { exactDensity, spacing } from '../../exact/density.ts';
import { sampleDistribution } from '../../exact/sample.ts';
import { isDrivenRing } from '../../exact/steady-state.ts';
import { nodesOf } from '../../systems/energy-surface.ts';
import type { Lab } from '../lab.ts';
import type { Starts } from './starts.ts';

/** Equilibrium states of a chain from which those of the windows are drawn, where its distribution along the cv is not known. */
const CHAIN_STATES = 5000;
/** Effective states that each window must find among them, for each of its walkers. */
const FEWEST_STATES = 4;

/** Draws the visible coordinates of `count` states of a window, state after state; null if it has too few to draw from. */
type Sampler = (window: Window, count: number, purpose: string) => Float64Array | null;

/** Null for systems of which exact samples are not known. */
export function equilibriumStarts(lab: Lab, windows: readonly Window[], perWindow: number): Starts | null {
  const { model } = lab;
  const sampler = samplerOf(lab);
  const walkers = windows.length * perWindow;
  const snapshot = new Float64Array(model.state.length * walkers);
  for (const [k, window] of windows.entries()) {
    const states = sampler?.(window, perWindow, `start of window ${k + 1}`);
    if (!states) return null;
    for (let j = 0; j < perWindow; j++) {
      const seen = states.subarray(j * model.dimension, (j + 1) * model.dimension);
      model.stateAt(Array.from(seen)).forEach((value, d) => {
        snapshot[d * walkers + k * perWindow + j] = value;
      });
    }
  }
  return { snapshot, backward: new Uint8Array(walkers) };
}

function samplerOf(lab: Lab): Sampler | null {
  const { model, setting } = lab;
  if (model.energyNode === null || isDrivenRing(model)) return null;
  if (model.system.chain) return setting.cvCoordinate === 0 ? siteSampler(lab) : chainSampler(lab);
  return model.dimension <= 2 ? gridSampler(lab) : null;
}

/** By the cells of the grid of the exact density: within a cell the distribution is taken to be flat. */
function gridSampler(lab: Lab): Sampler {
  const { model, kT, cv } = lab;
  const { axes, values } = exactDensity(model, kT);
  const cvs = new Float64Array(values.length);
  model.observable(cv.value).evaluate(nodesOf(axes), values.length, cvs);
  const sums = new Float64Array(values.length);
  return (window, count, purpose) => {
    const weight = springWeight(lab, window);
    let total = 0;
    for (let k = 0; k < values.length; k++) {
      total += values[k] * weight(cvs[k]);
      sums[k] = total;
    }
    if (!(total > 0)) return null;
    const u = uniforms(lab, purpose, count, 4);
    const nx = axes[0].length;
    return Float64Array.from({ length: count * axes.length }, (_, i) => {
      const [n, d] = [Math.floor(i / axes.length), i % axes.length];
      const cell = firstAbove(sums, u[4 * n] * total);
      const node = d === 0 ? cell % nx : Math.floor(cell / nx);
      return axes[d][node] + (u[4 * n + 1 + d] - 0.5) * spacing(axes[d]);
    });
  };
}

/** The first site of a chain by its own distribution, the others given the first. */
function siteSampler(lab: Lab): Sampler {
  const operator = transferOperatorOf(lab.model, lab.kT);
  const F = operator.freeEnergy(operator.x);
  const lowest = F.reduce((a, b) => Math.min(a, b));
  return (window, count, purpose) => {
    const weight = springWeight(lab, window);
    const density = F.map((value, k) => Math.exp(lowest - value) * weight(operator.x[k]));
    const sites = sampleDistribution(operator.x, density, count, lab.random(purpose));
    const states = Array.from(sites, (z, n) => [
      ...operator.sample(1, lab.random(`${purpose}, ${n}`), z).values,
    ]);
    return Float64Array.from(states.flat());
  };
}

/** From many equilibrium states of the chain, each as probable as the spring lets it be. */
function chainSampler(lab: Lab): Sampler {
  const { model, kT, cv } = lab;
  const { values } = transferOperatorOf(model, kT).sample(CHAIN_STATES, lab.random('starts of windows'));
  const { dimension } = model;
  const byCoordinate = Float64Array.from(
    values,
    (_, i) => values[(i % CHAIN_STATES) * dimension + Math.floor(i / CHAIN_STATES)],
  );
  const cvs = new Float64Array(CHAIN_STATES);
  model.observable(cv.value).evaluate(byCoordinate, CHAIN_STATES, cvs);
  return (window, count, purpose) => {
    const weight = springWeight(lab, window);
    let [total, squares] = [0, 0];
    const sums = cvs.map((value) => {
      squares += weight(value) ** 2;
      total += weight(value);
      return total;
    });
    if (!(total ** 2 > FEWEST_STATES * count * squares)) return null;
    const u = uniforms(lab, purpose, count, 1);
    return Float64Array.from({ length: count * dimension }, (_, i) => {
      const chosen = firstAbove(sums, u[Math.floor(i / dimension)] * total);
      return values[chosen * dimension + (i % dimension)];
    });
  };
}

function springWeight({ kT, cv }: Lab, { center, springConstant }: Window): (value: number) => number {
  const period = periodOf(cv);
  return (value) => Math.exp(-harmonicEnergy(value, center, springConstant, period) / kT);
}

function uniforms(lab: Lab, purpose: string, count: number, each: number): Float64Array {
  const out = new Float64Array(4 * Math.ceil((count * each) / 4));
  const stream = lab.random(purpose);
  for (let block = 0; 4 * block < out.length; block++) stream.uniforms(0, block, out, 4 * block);
  return out;
}

/** Index of the first of ascending sums that is above `target`. */
function firstAbove(sums: Float64Array, target: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
