/** Which walker has which temperature: ladders side by side, walkers that swap rungs, and how far they travel. */
import { NUMBERS_PER_BLOCK, type RandomStream } from '../../numerics/random.ts';

/** `count` temperatures from `lowest` to `lowest * multiple`, each the same factor above the last. */
export function geometricLadder(lowest: number, multiple: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => lowest * multiple ** (k / (count - 1)));
}

/** Where a walker was last: neither end yet, the lowest rung, or the highest after the lowest. */
const [UNKNOWN, BOTTOM, TOP] = [0, 1, 2];

/** Walker `copy * rungs + k` begins on rung k of its copy and swaps with walkers of the same copy alone. */
export class TemperatureLadder {
  /** Rung of each walker, 0 the lowest. */
  readonly level: Uint16Array;
  /** Journeys from the lowest rung to the highest and back, of all walkers. */
  roundTrips = 0;
  private attempts = 0;
  private readonly at: Int32Array;
  private readonly last: Uint8Array;
  private readonly tried: Float64Array;
  private readonly accepted: Float64Array;
  private readonly uniforms: Float64Array;

  constructor(
    readonly temperatures: Float64Array,
    readonly copies: number,
    private readonly random: RandomStream,
  ) {
    const rungs = temperatures.length;
    this.level = Uint16Array.from({ length: copies * rungs }, (_, w) => w % rungs);
    this.at = Int32Array.from(this.level, (_, w) => w);
    this.last = Uint8Array.from(this.level, (level) => (level === 0 ? BOTTOM : UNKNOWN));
    this.tried = new Float64Array(rungs - 1);
    this.accepted = new Float64Array(rungs - 1);
    this.uniforms = new Float64Array(NUMBERS_PER_BLOCK * Math.ceil(rungs / 2 / NUMBERS_PER_BLOCK));
  }

  get walkers(): number {
    return this.level.length;
  }

  /** kT of each walker. */
  kT(): Float64Array {
    return Float64Array.from(this.level, (level) => this.temperatures[level]);
  }

  /**
   * Neighbours swap temperatures with probability min(1, exp((1/kT_i - 1/kT_j) (U_i - U_j))), even and odd pairs in turn.
   * @param energies U of each walker
   */
  exchange(energies: Float64Array): void {
    const rungs = this.temperatures.length;
    const blocks = this.uniforms.length / NUMBERS_PER_BLOCK;
    for (let copy = 0; copy < this.copies; copy++) {
      for (let b = 0; b < blocks; b++)
        this.random.uniforms(copy, this.attempts * blocks + b, this.uniforms, b * NUMBERS_PER_BLOCK);
      for (let low = this.attempts % 2, n = 0; low + 1 < rungs; low += 2, n++) {
        const [i, j] = [this.at[copy * rungs + low], this.at[copy * rungs + low + 1]];
        const colder = 1 / this.temperatures[low] - 1 / this.temperatures[low + 1];
        this.tried[low]++;
        if (this.uniforms[n] >= Math.exp(colder * (energies[i] - energies[j]))) continue;
        this.accepted[low]++;
        this.arrive(copy, low, j);
        this.arrive(copy, low + 1, i);
      }
    }
    this.attempts++;
  }

  /** Share of accepted swaps of each pair of neighbours; NaN before the first attempt. */
  exchangeRates(): number[] {
    return Array.from(this.accepted, (count, pair) => count / this.tried[pair]);
  }

  /** Attempts of each pair of neighbours. */
  attemptsOf(pair: number): number {
    return this.tried[pair];
  }

  private arrive(copy: number, level: number, walker: number): void {
    const rungs = this.temperatures.length;
    this.at[copy * rungs + level] = walker;
    this.level[walker] = level;
    if (level === 0) {
      if (this.last[walker] === TOP) this.roundTrips++;
      this.last[walker] = BOTTOM;
    } else if (level === rungs - 1 && this.last[walker] === BOTTOM) this.last[walker] = TOP;
  }
}
