/** Places and velocities of walkers during a run, at equal distances of time: what their motion is estimated from. */

import type { Integrator } from '../dynamics/contract.ts';
import { type MeasuredCurve, type Motion, motionOf, type Note } from '../estimators/motion.ts';
import { observablesOf } from '../exact/correlation.ts';
import { stateInput } from '../expression/inputs.ts';
import type { Interpreter } from '../expression/interpret.ts';
import { type Experiment, group } from '../params/experiment.ts';
import type { Setting } from '../systems/model.ts';

const MOST_NOTES = 1000;
const MOST_WALKERS = 256;
/** Growth of the notes after which they are looked at anew. */
const GROWTH = 1.05;
const VELOCITY = 'velocity';

export interface Looks {
  /** Time between two looks at the walkers, and how many a run has. */
  readonly spacing: number;
  readonly looks: number;
}

/** Frames are moved away with their arrays, and the same motion may go with several. */
function copyOf(motion: Motion): Motion {
  const copied = (curve: MeasuredCurve | null) =>
    curve && { lags: curve.lags.slice(), values: curve.values.slice(), stderr: curve.stderr.slice() };
  return {
    ...motion,
    correlation: copied(motion.correlation),
    displacement: copied(motion.displacement),
  };
}

export class MotionRecord {
  private notes: Note[] = [];
  private looked = 0;
  private known: { notes: number; motion: Motion } = { notes: 0, motion: motionOf([], 1, true) };
  private readonly every: number;
  private readonly spacing: number;
  private readonly walkers: number;
  private readonly observables: ((value: number) => number)[];
  /** The coordinate whose displacements are measured: one in which walkers are not confined, if there is any. */
  private readonly along: number;
  private readonly confined: boolean;
  /** Of each state variable; null without velocities. */
  private readonly masses: Float64Array | null;

  constructor(
    private readonly setting: Setting,
    private readonly experiment: Experiment,
    integrator: Integrator,
    { spacing, looks }: Looks,
  ) {
    const { model, cv } = setting;
    const { coordinates, periodic } = model.system;
    this.every = Math.max(1, Math.ceil(looks / MOST_NOTES));
    this.spacing = spacing * this.every;
    this.walkers = Math.min(experiment.walkers, MOST_WALKERS);
    this.observables = observablesOf(cv);
    this.along = Math.max(
      0,
      coordinates.findIndex((name) => periodic.includes(name)),
    );
    this.confined = periodic.length === 0;
    const mass = group(experiment, 'integrator').mass;
    this.masses =
      integrator.memory?.includes(VELOCITY) && typeof mass === 'number'
        ? model.mobility.map((mobility) => mass / mobility)
        : null;
  }

  /** @param q coordinates, `[coordinate * walkers + walker]` */
  async note(
    q: Float64Array,
    cv: Interpreter,
    read: (name: string) => Promise<ArrayLike<number>> | ArrayLike<number>,
  ): Promise<void> {
    this.looked++;
    if (this.looked % this.every !== 0) return;
    const { walkers } = this.experiment;
    const values = new Float64Array(walkers);
    cv.evaluate(q, walkers, values);
    const seen = values.subarray(0, this.walkers);
    this.notes.push({
      observables: this.observables.map((observable) => seen.map(observable)),
      coordinate: q.slice(this.along * walkers, this.along * walkers + this.walkers),
      kinetic: this.masses && (await this.kinetic(this.masses, read)),
    });
  }

  /** @param discarded time at the beginning that is left out  @param done no more notes will come */
  estimate(discarded: number, done: boolean): Motion {
    const first = Math.min(this.notes.length, Math.ceil(discarded / this.spacing));
    if (this.notes.length >= GROWTH * this.known.notes || done)
      this.known = {
        notes: this.notes.length,
        motion: motionOf(this.notes.slice(first), this.spacing, this.confined),
      };
    return copyOf(this.known.motion);
  }

  private async kinetic(
    masses: Float64Array,
    read: (name: string) => Promise<ArrayLike<number>> | ArrayLike<number>,
  ): Promise<Float64Array> {
    const sums = new Float64Array(this.walkers);
    for (const [d] of this.setting.model.state.entries()) {
      const velocities = await read(stateInput(VELOCITY, d));
      for (let w = 0; w < this.walkers; w++)
        sums[w] += (masses[d] * velocities[w] ** 2) / this.setting.model.state.length;
    }
    return sums;
  }
}
