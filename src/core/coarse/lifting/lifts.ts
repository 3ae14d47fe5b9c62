/** Lifting: states of the full system that have an asked value of the slow variable. */

import { transferOperatorOf } from '../../exact/chain-distributions.ts';
import { type Density, exactDensity } from '../../exact/density.ts';
import { conditionalDistribution } from '../../exact/free-energy.ts';
import { LevelDistribution } from '../../exact/level-distribution.ts';
import { ontoLevel } from '../../exact/onto-level.ts';
import { sampleDistribution } from '../../exact/sample.ts';
import type { Message } from '../../message.ts';
import { columnsOf } from '../../numerics/layout.ts';
import { NUMBERS_PER_BLOCK, type RandomStream } from '../../numerics/random.ts';
import type { Points } from '../../numerics/results.ts';
import type { Lab } from '../../sampling/lab.ts';
import { type Setting, settingOf } from '../../systems/model.ts';
import { message } from '../messages.ts';

/** Level sets over the range of the slow variable that are told apart. */
const LEVELS = 400;

/** Where lifted states come from: a known distribution, states of a run, a constant, or a trained model. */
export interface LiftSource {
  /** What it is, for the page. */
  readonly title: Message;
  /** `count` states whose slow variable is about `z`: `q[coordinate * count + state]`. @throws Error where there are none */
  lift(z: number, count: number, stream: RandomStream): Float64Array;
}

/** The conditional distribution by quadrature, where it is known; else null. */
export function exactLift(lab: Lab): LiftSource | null {
  const setting = settingOf(lab.experiment, lab.families);
  const { model } = setting;
  if (model.energyNode === null) return null;
  const draw = model.system.chain ? fromChain(setting) : model.dimension <= 2 ? fromDensity(setting) : null;
  return draw && { title: message('lift-exact', {}), lift: draw };
}

function fromChain(setting: Setting): LiftSource['lift'] | null {
  if (setting.cvCoordinate < 0) return null;
  const operator = transferOperatorOf(setting.model, setting.kT);
  return (z, count, stream) => columnsOf(operator.sample(count, stream, z).values, setting.model.dimension);
}

function fromDensity(setting: Setting): LiftSource['lift'] | null {
  const { model, kT, cvCoordinate } = setting;
  let density: Density;
  try {
    density = exactDensity(model, kT);
  } catch {
    return null;
  }
  if (model.dimension === 1) return (z, count) => new Float64Array(count).fill(z);
  if (cvCoordinate < 0) return fromLevels(setting, density);
  return (z, count, stream) => {
    const { x, density: distribution } = conditionalDistribution(setting, density, z);
    const q = new Float64Array(2 * count).fill(z);
    q.set(sampleDistribution(x, distribution, count, stream), (1 - cvCoordinate) * count);
    return q;
  };
}

/** Distributions of level sets take long to make: those of a fine grid of values are kept, and their states moved onto the value. */
function fromLevels(setting: Setting, density: Density): LiftSource['lift'] {
  const [low, high] = setting.cv.range;
  const width = (high - low) / LEVELS;
  const distributions = new Map<number, LevelDistribution>();
  return (z, count, stream) => {
    const place = Math.round((z - low) / width);
    const distribution =
      distributions.get(place) ?? new LevelDistribution(setting, density, low + place * width);
    distributions.set(place, distribution);
    const q = columnsOf(distribution.sample(count, stream).values, setting.model.dimension);
    ontoLevel(setting.model, setting.cv, q, () => z);
    return q;
  };
}

/** The other coordinates are those of the start, whatever the value: a lift that knows nothing of the fast variables. */
export function badLift(lab: Lab): LiftSource {
  return {
    title: message('lift-fixed', {}),
    lift(z, count) {
      const q = Float64Array.from(
        { length: lab.start.length * count },
        (_, i) => lab.start[Math.floor(i / count)],
      );
      ontoLevel(lab.model, lab.cv, q, () => z);
      return q;
    },
  };
}

/** States drawn, with replacement, from the `nearest` ones of a run next to the value. */
export class NeighbourLift implements LiftSource {
  private readonly order: Uint32Array;
  private readonly sorted: Float64Array;

  /** @param cv slow variable of each state */
  constructor(
    readonly title: Message,
    private readonly states: Points,
    cv: Float64Array,
    private readonly nearest: number,
  ) {
    this.order = Uint32Array.from(cv.keys()).sort((a, b) => cv[a] - cv[b]);
    this.sorted = Float64Array.from(this.order, (k) => cv[k]);
  }

  lift(z: number, count: number, stream: RandomStream): Float64Array {
    const { dimension, values } = this.states;
    const [first, last] = this.window(z);
    const q = new Float64Array(dimension * count);
    const u = new Float64Array(NUMBERS_PER_BLOCK);
    for (let n = 0; n < count; n++) {
      if (n % NUMBERS_PER_BLOCK === 0) stream.uniforms(0, n / NUMBERS_PER_BLOCK, u);
      const chosen = this.order[first + Math.floor(u[n % NUMBERS_PER_BLOCK] * (last - first))];
      for (let d = 0; d < dimension; d++) q[d * count + n] = values[chosen * dimension + d];
    }
    return q;
  }

  /** The neighbours of a value in the order: [first, last). */
  private window(z: number): readonly [number, number] {
    const { sorted } = this;
    const wanted = Math.min(this.nearest, sorted.length);
    let [low, high] = [0, sorted.length - wanted];
    // The window moves up as long as what it would gain is nearer than what it would lose.
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle + wanted] - z < z - sorted[middle]) low = middle + 1;
      else high = middle;
    }
    return [low, low + wanted];
  }
}

/** `q[coordinate * count + state]`, `each` states of value after value. */
export interface Lifted {
  readonly q: Float64Array;
  readonly each: number;
}
