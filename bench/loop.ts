/**
 * What one would write by hand: a loop with the gradient of one system, typed arrays, xoshiro128** (Blackman, Vigna, ACM
 * Trans. Math. Softw. 47, 36, 2021) and Box-Muller with both values used. Coordinates stay in local variables between two
 * records.
 */
import { BINS, GROUP_SIZE, type Problem, STRIDE, SUMS } from './problems.ts';

export class PlainLoop {
  private readonly normals: Normals;
  private readonly q: readonly Float64Array[];
  private readonly sums: Float64Array;
  private readonly visits = new Float64Array(BINS);
  private records = 0;

  constructor(private readonly problem: Problem) {
    this.q = problem.start.map((values) => values.slice());
    this.normals = new Normals(STRIDE * this.q.length, problem.ensemble.seed);
    this.sums = new Float64Array((problem.ensemble.walkers / GROUP_SIZE) * SUMS);
  }

  /** @param steps a multiple of the stride */
  advance(steps: number): void {
    this.records += steps / STRIDE;
    if (this.problem.id === 'mueller-brown') this.advanceMuellerBrown(steps / STRIDE);
    else this.advanceDoubleWell(steps / STRIDE);
  }

  averages() {
    return { sums: this.sums, records: this.records };
  }

  private advanceMuellerBrown(records: number): void {
    const { dt, kT } = this.problem;
    const [xs, ys] = this.q;
    const { normals } = this;
    const noise = Math.sqrt(2 * kT * dt);
    for (let w = 0; w < xs.length; w++) {
      let x = xs[w];
      let y = ys[w];
      for (let record = 0; record < records; record++) {
        const r = normals.next();
        for (let n = 0; n < 2 * STRIDE; n += 2) {
          const x0 = x - 1;
          const x2 = x + 0.5;
          const x3 = x + 1;
          const y1 = y - 0.5;
          const y2 = y - 1.5;
          const y3 = y - 1;
          const e0 = 400 * Math.exp(-x0 * x0 - 10 * y * y);
          const e1 = 200 * Math.exp(-x * x - 10 * y1 * y1);
          const e2 = -170 * Math.exp(-6.5 * x2 * x2 + 11 * x2 * y2 - 6.5 * y2 * y2);
          const e3 = 15 * Math.exp(0.7 * x3 * x3 + 0.6 * x3 * y3 + 0.7 * y3 * y3);
          const dx = e0 * x0 + e1 * x + e2 * (11 * y2 - 13 * x2) + e3 * (1.4 * x3 + 0.6 * y3);
          const dy = 10 * (e0 * y + e1 * y1) + e2 * (11 * x2 - 13 * y2) + e3 * (1.4 * y3 + 0.6 * x3);
          x += noise * r[n] - dt * dx;
          y += noise * r[n + 1] - dt * dy;
        }
        this.record(w, x, muellerBrown(x, y));
      }
      xs[w] = x;
      ys[w] = y;
    }
  }

  private advanceDoubleWell(records: number): void {
    const { dt, kT, parameters } = this.problem;
    const [xs] = this.q;
    const { normals } = this;
    const noise = Math.sqrt(2 * kT * dt);
    const barrier = parameters.barrier;
    const slope = 4 * barrier * dt;
    for (let w = 0; w < xs.length; w++) {
      let x = xs[w];
      for (let record = 0; record < records; record++) {
        const r = normals.next();
        for (let n = 0; n < STRIDE; n++) x += noise * r[n] - slope * x * (x * x - 1);
        const height = x * x - 1;
        this.record(w, x, barrier * height * height);
      }
      xs[w] = x;
    }
  }

  private record(walker: number, x: number, energy: number): void {
    const { sums, visits } = this;
    const low = this.problem.range[0];
    const high = this.problem.range[1];
    const at = SUMS * Math.floor(walker / GROUP_SIZE);
    sums[at] += x;
    sums[at + 1] += x * x;
    sums[at + 2] += energy;
    const place = ((x - low) / (high - low)) * BINS;
    if (place >= 0 && place < BINS) visits[Math.floor(place)]++;
  }
}

function muellerBrown(x: number, y: number): number {
  const x0 = x - 1;
  const x2 = x + 0.5;
  const x3 = x + 1;
  const y1 = y - 0.5;
  const y2 = y - 1.5;
  const y3 = y - 1;
  return (
    -200 * Math.exp(-x0 * x0 - 10 * y * y) -
    100 * Math.exp(-x * x - 10 * y1 * y1) -
    170 * Math.exp(-6.5 * x2 * x2 + 11 * x2 * y2 - 6.5 * y2 * y2) +
    15 * Math.exp(0.7 * x3 * x3 + 0.6 * x3 * y3 + 0.7 * y3 * y3)
  );
}

/** Batches of standard normals; the words of the generator stay in local variables within a batch. */
class Normals {
  private readonly words: Uint32Array;
  private readonly batch: Float64Array;

  /** @param count even */
  constructor(count: number, seed: number) {
    this.words = Uint32Array.from([1, 2, 3, 4], (k) => Math.imul(seed + k, 0x9e3779b1) ^ (k << 16));
    this.batch = new Float64Array(count);
  }

  next(): Float64Array {
    const { words, batch } = this;
    let a = words[0] | 0;
    let b = words[1] | 0;
    let c = words[2] | 0;
    let d = words[3] | 0;
    for (let n = 0; n < batch.length; n += 2) {
      const first = Math.imul(b, 5);
      const distance = Math.imul((first << 7) | (first >>> 25), 9);
      let shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
      const second = Math.imul(b, 5);
      const direction = Math.imul((second << 7) | (second >>> 25), 9);
      shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
      const radius = Math.sqrt(-2 * Math.log(((distance >>> 0) + 0.5) * 2 ** -32));
      const angle = direction * (2 * Math.PI * 2 ** -32);
      batch[n] = radius * Math.cos(angle);
      batch[n + 1] = radius * Math.sin(angle);
    }
    words[0] = a;
    words[1] = b;
    words[2] = c;
    words[3] = d;
    return batch;
  }
}
