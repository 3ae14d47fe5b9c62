/** The coarse equation simulated: Euler-Maruyama with tabled drift and noise, walls at the ends of the stretch. */

import { NUMBERS_PER_BLOCK, type RandomStream } from '../../numerics/random.ts';
import { linspace } from '../../numerics/results.ts';
import type { CoarseEquation } from './coarse-equation.ts';

const TABLE = 1001;

export class CoarseWalk {
  readonly z: Float64Array;
  private readonly steps: Float64Array;
  private readonly noises: Float64Array;
  private readonly normals: Float64Array;
  private taken = 0;

  constructor(
    private readonly equation: CoarseEquation,
    start: ArrayLike<number>,
    readonly dt: number,
    private readonly stream: RandomStream,
  ) {
    const nodes = linspace(...equation.stretch.range, TABLE);
    this.z = Float64Array.from(start);
    this.steps = nodes.map((z) => equation.drift.at(z) * dt);
    this.noises = nodes.map((z) => Math.sqrt(2 * equation.diffusion(z) * dt));
    this.normals = new Float64Array(NUMBERS_PER_BLOCK * this.z.length);
  }

  advance(steps: number): void {
    const { z, normals } = this;
    for (let step = 0; step < steps; step++, this.taken++) {
      const part = this.taken % NUMBERS_PER_BLOCK;
      if (part === 0) this.draw();
      for (let w = 0; w < z.length; w++) z[w] = this.moved(z[w], normals[w * NUMBERS_PER_BLOCK + part]);
    }
  }

  private draw(): void {
    for (let w = 0; w < this.z.length; w++)
      this.stream.normals(w, this.taken / NUMBERS_PER_BLOCK, this.normals, w * NUMBERS_PER_BLOCK);
  }

  private moved(z: number, normal: number): number {
    const { range, periodic } = this.equation.stretch;
    const [low, high] = range;
    const place = ((z - low) / (high - low)) * (TABLE - 1);
    const cell = Math.max(0, Math.min(TABLE - 2, Math.floor(place)));
    const u = place - cell;
    const step = this.steps[cell] + u * (this.steps[cell + 1] - this.steps[cell]);
    const noise = this.noises[cell] + u * (this.noises[cell + 1] - this.noises[cell]);
    const next = z + step + noise * normal;
    if (periodic) return next - (high - low) * Math.floor((next - low) / (high - low));
    if (next < low) return Math.min(high, 2 * low - next);
    return next > high ? Math.max(low, 2 * high - next) : next;
  }
}
