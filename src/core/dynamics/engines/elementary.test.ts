import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../numerics/random.ts';
import { encodeModule, FunctionBody } from './assembler.ts';
import { atan2, cos, exp, LARGEST_ANGLE, log, pow, sin, tanh } from './elementary.ts';
import { noiseFunction } from './noise.ts';

type Emitter = (code: FunctionBody) => void;

/** f of many single-precision numbers by the instructions of `emit`. */
function mapped(emit: Emitter, values: Float32Array): Float32Array {
  const code = new FunctionBody('map', ['i32', 'i32']);
  const [address, count] = [0, 1];
  code.repeatWhile(() => {
    code.get(address).get(address).load(0);
    emit(code);
    code.store(0).get(address).i32(16).plain('i32.add').set(address);
    code.get(count).i32(1).plain('i32.sub').tee(count);
  });
  const { memory, map } = instantiate([code], 64);
  const view = new Float32Array(memory.buffer);
  view.set(values);
  map(0, Math.ceil(values.length / 4));
  return view.slice(0, values.length);
}

function instantiate(functions: FunctionBody[], pages: number) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(encodeModule(functions, pages)));
  return exports as unknown as Record<string, (...args: number[]) => void> & { memory: WebAssembly.Memory };
}

function sweep(low: number, high: number, count = 200_000): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => low + ((high - low) * (i + 0.37)) / count);
}

/** Units in the last place of single precision at |value|. */
const ulp = (value: number) => 2 ** (Math.floor(Math.log2(Math.max(Math.abs(value), 2 ** -126))) - 23);

function worst(
  emit: Emitter,
  f: (x: number) => number,
  x: Float32Array,
  unit: (y: number) => number,
): number {
  const y = mapped(emit, x);
  return x.reduce((largest, v, i) => Math.max(largest, Math.abs(y[i] - f(v)) / unit(f(v))), 0);
}

describe('elementary functions keep their stated error bounds', () => {
  it('exp: 2 ulp from -87 to 88', () => {
    expect(worst(exp, Math.exp, sweep(-87, 88), ulp)).toBeLessThan(2);
  });
  it('log: 2 ulp for normal numbers', () => {
    const x = sweep(-125, 126).map((e) => 2 ** e);
    expect(worst(log, Math.log, x, ulp)).toBeLessThan(2);
    expect(worst(log, Math.log, sweep(0.5, 2), ulp)).toBeLessThan(2);
  });
  it.each<[string, Emitter, (x: number) => number]>([
    ['sin', sin, Math.sin],
    ['cos', cos, Math.cos],
  ])('%s: 1.2e-7 absolute for |x| < 4000', (_, emit, f) => {
    expect(worst(emit, f, sweep(-4000, 4000), () => 1)).toBeLessThan(1.2e-7);
    expect(worst(emit, f, sweep(-7, 7), () => 1)).toBeLessThan(1.2e-7);
  });
  it('tanh: 2 ulp', () => {
    expect(worst(tanh, Math.tanh, sweep(-12, 12), ulp)).toBeLessThan(2);
  });
  it('atan2: 3 ulp in every direction, and the edges of the plane', () => {
    // One argument at a time: the other is a constant, or the first turned into another quadrant.
    for (const x of [0.3, -0.3, 2e-6, -7e5]) {
      const emit: Emitter = (code) => {
        code.f32x4(x);
        atan2(code);
      };
      const y = sweep(-3, 3, 20_000).map((v) => v * Math.abs(x));
      expect(worst(emit, (v) => Math.atan2(v, Math.fround(x)), y, ulp)).toBeLessThan(3);
      const steep = sweep(-1e4, 1e4, 20_000).map((v) => v * Math.abs(x));
      expect(worst(emit, (v) => Math.atan2(v, Math.fround(x)), steep, ulp)).toBeLessThan(3);
    }
    const alongAxis =
      (x: number): Emitter =>
      (code) => {
        code.f32x4(x);
        atan2(code);
      };
    const y = Float32Array.of(0, 1, -1, Number.NaN);
    const quarter = Math.fround(Math.PI / 2);
    expect([...mapped(alongAxis(0), y)]).toEqual([0, quarter, -quarter, Number.NaN]);
    expect([...mapped(alongAxis(-1), y)].slice(0, 1)).toEqual([Math.fround(Math.PI)]);
    expect([...mapped(alongAxis(Number.NaN), y)]).toEqual(Array(4).fill(Number.NaN));
  });
  it('pow: 1e-7 (1 + 2 |b log a|) relative, whole powers of negative numbers, the limits at zero', () => {
    const raisedTo =
      (b: number): Emitter =>
      (code) => {
        code.f32x4(b);
        pow(code);
      };
    for (const b of [1.5, -0.75, 3, 65, -2])
      expect(
        worst(
          raisedTo(b),
          (a) => a ** b,
          sweep(0.3, 3),
          (y) => Math.abs(y) * 1e-7 * (1 + 2 * Math.abs(Math.log(y))),
        ),
      ).toBeLessThan(1);
    const a = Float32Array.of(-2, 0, Number.NaN, -1);
    expect([...mapped(raisedTo(3), a)].map((v) => Number(v.toFixed(4)))).toEqual([-8, 0, Number.NaN, -1]);
    expect([...mapped(raisedTo(2), a)].map((v) => Math.round(v))).toEqual([4, 0, Number.NaN, 1]);
    expect([...mapped(raisedTo(0), a)]).toEqual([1, 1, 1, 1]);
    expect([...mapped(raisedTo(0.5), a)].slice(0, 2)).toEqual([Number.NaN, 0]);
    expect(mapped(raisedTo(-1), a)[1]).toBeGreaterThan(2e38);
  });
  it('sin and cos of angles too large for single precision are not a number, and never beyond 1', () => {
    const x = sweep(-2 * LARGEST_ANGLE, 2 * LARGEST_ANGLE);
    for (const emit of [sin, cos])
      mapped(emit, x).forEach((y, i) => {
        if (Math.abs(x[i]) > LARGEST_ANGLE) expect(y).toBeNaN();
        else if (!(Math.abs(y) <= 1.000001)) throw new RangeError(`${y} at ${x[i]}`);
      });
  });
  it('edges', () => {
    const x = Float32Array.of(
      Number.NaN,
      0,
      -1,
      Number.POSITIVE_INFINITY,
      -1000,
      1000,
      Number.NEGATIVE_INFINITY,
      1,
    );
    expect([...mapped(log, x)].slice(0, 4)).toEqual([Number.NaN, -Infinity, Number.NaN, Infinity]);
    const grown = mapped(exp, x);
    expect(grown[0]).toBeNaN();
    expect([grown[1], grown[4], grown[6]]).toEqual([1, 0, 0]);
    expect(grown[5]).toBeGreaterThan(2e38);
    expect(mapped(tanh, x)[0]).toBeNaN();
    expect(mapped(sin, x)[0]).toBeNaN();
  });
});

describe('noise', () => {
  const { memory, normals, uniforms } = instantiate(
    [noiseFunction('normals', 'normals'), noiseFunction('uniforms', 'uniforms')],
    64,
  );
  const stream = new RandomStream(123_456_789, 'test');
  const [seed, purpose] = stream.key;
  const blocks = 500;
  const walker = 4_294_967_288;

  it('has the normals of RandomStream within single precision', () => {
    normals(walker, 7, blocks, seed, purpose, 0);
    const drawn = new Float32Array(memory.buffer, 0, blocks * 16);
    const expected = new Float64Array(4);
    let largest = 0;
    for (let b = 0; b < blocks; b++)
      for (let lane = 0; lane < 4; lane++) {
        stream.normals(walker + lane, 7 + b, expected);
        for (let i = 0; i < 4; i++)
          largest = Math.max(largest, Math.abs(drawn[(b * 4 + i) * 4 + lane] - expected[i]));
      }
    expect(largest).toBeLessThan(2e-6);
  });

  it('has uniforms of the same words', () => {
    uniforms(walker, 7, 3, seed, purpose, 0);
    const drawn = new Float32Array(memory.buffer, 0, 48);
    const expected = new Float64Array(4);
    for (let lane = 0; lane < 4; lane++) {
      stream.uniforms(walker + lane, 9, expected);
      for (let i = 0; i < 4; i++)
        expect(Math.abs(drawn[(8 + i) * 4 + lane] - expected[i])).toBeLessThan(2e-7);
    }
  });
});
