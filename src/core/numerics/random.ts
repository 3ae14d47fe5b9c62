/**
 * Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, SC'11, doi 10.1145/2063384.2063405).
 *
 * A stream is keyed by (seed, purpose). Normal number `n` of walker `w` is a pure function of (seed, purpose, w, n):
 * it depends neither on how many workers share the walkers nor on how a run was cut into chunks.
 */

/** Constants of Philox4x32-10 (Salmon et al., section 4.3), shared by all engines. */
export const PHILOX = {
  multipliers: [0xd2511f53, 0xcd9e8d57],
  weyl: [0x9e3779b9, 0xbb67ae85],
  rounds: 10,
} as const;

const [MULTIPLIER_0, MULTIPLIER_1] = PHILOX.multipliers;
const [WEYL_0, WEYL_1] = PHILOX.weyl;

/** Bits of the uniforms that become normals: (k + 1/2) / 2^23 is exact in single precision too. */
export const UNIFORM_BITS = 23;

/** High 32 bits of the product of two unsigned 32-bit integers, from 16-bit halves. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const low = aLow * bLow;
  const middle = aHigh * bLow + (low >>> 16);
  const carry = aLow * bHigh + (middle % 0x10000);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0;
}

/** Writes the four words of the block at counter (c0, c1, c2, c3) under key (k0, k1) to `out`. */
export function philox(
  out: Uint32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
): void {
  for (let round = 0; round < PHILOX.rounds; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c1 = low1 >>> 0;
    c3 = low0 >>> 0;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

function shortUniform(word: number): number {
  return ((word >>> (32 - UNIFORM_BITS)) + 0.5) * 2 ** -UNIFORM_BITS;
}

/** FNV-1a: a 32-bit number for the name of a stream. */
function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Numbers per Philox block: four words give four uniforms or, by Box-Muller, four normals. */
export const NUMBERS_PER_BLOCK = 4;

export class RandomStream {
  private readonly words = new Uint32Array(NUMBERS_PER_BLOCK);
  /** The Philox key, for engines that draw the same numbers themselves. */
  readonly key: readonly [number, number];

  /** @param seed unsigned 32-bit integer  @param purpose name of the use, e.g. `dynamics` */
  constructor(seed: number, purpose: string) {
    this.key = [seed >>> 0, hashName(purpose)];
  }

  /** Uniforms 4 block .. 4 block + 3 of `walker`, in (0, 1), 32 bits each, to `out[offset + i * stride]`. */
  uniforms(walker: number, block: number, out: Float64Array, offset = 0, stride = 1): void {
    this.fillWords(walker, block);
    for (let i = 0; i < NUMBERS_PER_BLOCK; i++) out[offset + i * stride] = (this.words[i] + 0.5) * 2 ** -32;
  }

  /**
   * Normals 4 block .. 4 block + 3 of `walker`, to `out[offset + i * stride]`. Box-Muller on 23-bit uniforms, so that
   * every engine, single precision included, starts from the same numbers (|z| < 5.8).
   */
  normals(walker: number, block: number, out: Float64Array, offset = 0, stride = 1): void {
    this.fillWords(walker, block);
    for (let pair = 0; pair < 2; pair++) {
      const radius = Math.sqrt(-2 * Math.log(shortUniform(this.words[2 * pair])));
      const angle = 2 * Math.PI * shortUniform(this.words[2 * pair + 1]);
      out[offset + 2 * pair * stride] = radius * Math.cos(angle);
      out[offset + (2 * pair + 1) * stride] = radius * Math.sin(angle);
    }
  }

  private fillWords(walker: number, block: number): void {
    philox(this.words, walker >>> 0, block >>> 0, Math.floor(block / 2 ** 32), 0, ...this.key);
  }
}
