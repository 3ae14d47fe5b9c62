import { describe, expect, it } from 'vitest';
import { NoiseSource } from '../dynamics/noise-source.ts';
import { philox, RandomStream } from './random.ts';

function block(counter: readonly number[], key: readonly number[]): string {
  const out = new Uint32Array(4);
  const [c0, c1, c2, c3] = counter;
  philox(out, c0, c1, c2, c3, key[0], key[1]);
  return [...out].map((word) => word.toString(16).padStart(8, '0')).join(' ');
}

describe('Philox4x32-10', () => {
  // Known-answer vectors published with Random123 (kat_vectors, philox4x32 10).
  it.each([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ])('answers %j under %j as published', (counter, key, expected) => {
    expect(block(counter, key)).toBe(expected);
  });
});

describe('RandomStream', () => {
  const count = 100_000;
  const normals = new Float64Array(4 * count);
  const stream = new RandomStream(7, 'test');
  for (let n = 0; n < count; n++) stream.normals(n % 100, Math.floor(n / 100), normals, 4 * n);
  const moment = (power: number) => normals.reduce((sum, z) => sum + z ** power, 0) / normals.length;

  it('draws standard normals: the first four moments lie within five standard errors', () => {
    const error = 1 / Math.sqrt(normals.length);
    expect(Math.abs(moment(1))).toBeLessThan(5 * error);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2) * error);
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15) * error);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96) * error);
  });

  it('gives other numbers to another seed, purpose, walker or block', () => {
    const first = (seed: number, purpose: string, walker: number, index: number) => {
      const out = new Float64Array(4);
      new RandomStream(seed, purpose).uniforms(walker, index, out);
      return out.join();
    };
    const drawn = [
      first(1, 'a', 0, 0),
      first(2, 'a', 0, 0),
      first(1, 'b', 0, 0),
      first(1, 'a', 1, 0),
      first(1, 'a', 0, 1),
    ];
    expect(new Set(drawn).size).toBe(5);
  });
});

describe('NoiseSource', () => {
  it.each([1, 2, 3])('reaches any step of %i coordinates directly', (dimension) => {
    const walked = new NoiseSource('normals', 3, 'dynamics', 0, 5, dimension);
    for (let step = 0; step < 7; step++) walked.at(step);
    const jumped = new NoiseSource('normals', 3, 'dynamics', 0, 5, dimension);
    expect(jumped.at(7)).toEqual(walked.at(7));
  });

  it('gives every step and coordinate numbers of its own', () => {
    const source = new NoiseSource('normals', 3, 'dynamics', 0, 4, 3);
    const seen = new Set<number>();
    for (let step = 0; step < 8; step++) for (const z of source.at(step)) seen.add(z);
    expect(seen.size).toBe(8 * 3 * 4);
  });
});
