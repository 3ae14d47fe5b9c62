/**
 * Transitions between two cores A and B of a slow variable, and how long walkers stay.
 *
 * A core is the inside of a well. A walker belongs to the core it was in last, until it enters the other: going to and
 * fro over the barrier top counts for nothing (transition-based assignment: Buchete, Hummer, J. Phys. Chem. B 112, 6057
 * (2008); Schuette et al., J. Chem. Phys. 134, 204105 (2011)). What happens between two frames is not seen: a
 * walker that goes and comes back within one is not counted, so counts depend on the interval of the frames, which is
 * part of every result.
 */

/** Values of the slow variable from low to high, both included; the outer end may be infinite. */
export interface Core {
  readonly low: number;
  readonly high: number;
}

/** Stays in one core's state, in model time: from entering the core to entering the other one. */
export interface Residences {
  /** Stays whose end was seen. */
  readonly ended: Float64Array;
  /** For every walker now in this state, how long it has been: more than that is not known. */
  readonly censored: Float64Array;
}

/** Transitions seen so far. */
export interface Crossings {
  /** Model time between two frames. */
  readonly frameInterval: number;
  readonly frames: number;
  /** Number of transitions. */
  readonly aToB: number;
  readonly bToA: number;
  /** A walker's first stay begins with its first frame in a core, even if it had been there before. */
  readonly inA: Residences;
  readonly inB: Residences;
  /** Walkers that have been in neither core. */
  readonly unassigned: number;
}

const NOWHERE = -1;

/** Counts transitions while a run goes on, frame by frame; memory grows with transitions, not with frames. */
export class CrossingCounter {
  private frames = 0;
  /** Core that each walker was in last (0: A, 1: B), and the frame in which it entered. */
  private readonly state: Int8Array;
  private readonly entered: Float64Array;
  private readonly ended: readonly [number[], number[]] = [[], []];

  /**
   * @param frameInterval model time between two frames
   * @throws RangeError if the cores overlap
   */
  constructor(
    private readonly a: Core,
    private readonly b: Core,
    walkers: number,
    private readonly frameInterval: number,
  ) {
    if (!(a.high < b.low || b.high < a.low)) throw new RangeError('The two cores overlap.');
    this.state = new Int8Array(walkers).fill(NOWHERE);
    this.entered = new Float64Array(walkers);
  }

  /** Takes the next frame: the slow variable of every walker. Values that are not finite are in no core. */
  add(values: ArrayLike<number>): void {
    const { state, entered, frames } = this;
    for (let walker = 0; walker < state.length; walker++) {
      const core = this.coreOf(values[walker]);
      if (core === NOWHERE || core === state[walker]) continue;
      const left = state[walker];
      if (left !== NOWHERE) this.ended[left].push((frames - entered[walker]) * this.frameInterval);
      state[walker] = core;
      entered[walker] = frames;
    }
    this.frames++;
  }

  result(): Crossings {
    const [inA, inB] = [this.residences(0), this.residences(1)];
    return {
      frameInterval: this.frameInterval,
      frames: this.frames,
      aToB: inA.ended.length,
      bToA: inB.ended.length,
      inA,
      inB,
      unassigned: this.state.length - inA.censored.length - inB.censored.length,
    };
  }

  private coreOf(value: number): number {
    if (value >= this.a.low && value <= this.a.high) return 0;
    return value >= this.b.low && value <= this.b.high ? 1 : NOWHERE;
  }

  private residences(core: 0 | 1): Residences {
    const now = this.entered.filter((_, walker) => this.state[walker] === core);
    return {
      ended: Float64Array.from(this.ended[core]),
      censored: now.map((frame) => (this.frames - 1 - frame) * this.frameInterval),
    };
  }
}

/**
 * Transitions in series of equal length, `series[walker * frames + frame]`.
 *
 * Mean residence times follow from `inA` and `inB` by the estimators of first-passage times, which take the stays
 * that have not ended into account. Transitions over the total time in a state estimate a rate.
 *
 * @param frameInterval model time between two frames
 * @throws RangeError if the cores overlap or walkers have not the same number of frames
 */
export function crossings(
  series: ArrayLike<number>,
  a: Core,
  b: Core,
  frameInterval: number,
  walkers = 1,
): Crossings {
  const frames = series.length / walkers;
  if (!Number.isInteger(frames)) throw new RangeError('Every walker needs the same number of frames.');
  const counter = new CrossingCounter(a, b, walkers, frameInterval);
  const values = new Float64Array(walkers);
  for (let frame = 0; frame < frames; frame++) {
    for (let walker = 0; walker < walkers; walker++) values[walker] = series[walker * frames + frame];
    counter.add(values);
  }
  return counter.result();
}
