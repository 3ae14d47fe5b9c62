/**
 * Elementary functions on four single-precision lanes, as WebAssembly instructions: the same bits in every browser.
 * Minimax polynomials after S. Moshier's Cephes (single precision); error bounds are stated and tested in
 * `elementary.test.ts`. Each emitter takes its argument from the stack and leaves the result there.
 */
import type { FunctionBody } from './assembler.ts';

const LOG2_E = Math.LOG2E;
/** ln 2 in two parts, so that n * LN2_HIGH is exact for |n| < 2^9. */
const LN2_HIGH = 0.693359375;
const LN2_LOW = -2.1219444e-4;
const LARGEST_EXPONENT = 88.37626;
/** Below this exp gives zero: the result would not be a normal number. */
const SMALLEST_EXPONENT = -87.33654;

const EXPONENT_BIAS = 127;
const MANTISSA_BITS = 23;

/** Horner's rule in the vector on the stack; coefficients from the highest power down. */
function polynomial(code: FunctionBody, coefficients: readonly number[]): void {
  const x = code.local('v128');
  code.set(x).f32x4(coefficients[0]);
  for (const coefficient of coefficients.slice(1))
    code.get(x).vector('f32x4.mul').f32x4(coefficient).vector('f32x4.add');
}

/** Added to a number below 2^22 it leaves the nearest whole number in the last bits. */
const ROUNDING = 1.5 * 2 ** MANTISSA_BITS;

/** The same by pairs of coefficients, for an x whose square is known: half as many steps that wait for each other. */
function pairedPolynomial(
  code: FunctionBody,
  x: number,
  square: number,
  coefficients: readonly number[],
): void {
  const linear = (k: number) =>
    code
      .get(x)
      .f32x4(coefficients[k])
      .vector('f32x4.mul')
      .f32x4(coefficients[k + 1])
      .vector('f32x4.add');
  const odd = coefficients.length % 2;
  if (odd) code.f32x4(coefficients[0]);
  else linear(0);
  for (let k = 2 - odd; k < coefficients.length; k += 2) {
    code.get(square).vector('f32x4.mul');
    linear(k);
    code.vector('f32x4.add');
  }
}

export function exp(code: FunctionBody): void {
  const [x, shifted, n, r, square] = Array.from({ length: 5 }, () => code.local('v128'));
  // pmin, unlike min, is one instruction of the processor; NaN arguments stay NaN.
  code.tee(x).f32x4(LARGEST_EXPONENT).vector('f32x4.pmin').tee(r);
  code.f32x4(LOG2_E).vector('f32x4.mul').f32x4(ROUNDING).vector('f32x4.add').tee(shifted);
  code.f32x4(ROUNDING).vector('f32x4.sub').set(n);
  code.get(r).get(n).f32x4(LN2_HIGH).vector('f32x4.mul', 'f32x4.sub');
  code.get(n).f32x4(LN2_LOW).vector('f32x4.mul', 'f32x4.sub').set(r);
  code.get(r).get(r).vector('f32x4.mul').set(square);
  const coefficients = [1.9875691e-4, 1.3981999e-3, 8.3334519e-3, 4.1665796e-2, 0.16666665, 0.5];
  pairedPolynomial(code, r, square, coefficients);
  code.get(square).vector('f32x4.mul').get(r).vector('f32x4.add').f32x4(1).vector('f32x4.add');
  // 2^n from the last bits of `shifted`; the others are shifted out.
  code
    .get(shifted)
    .i32(MANTISSA_BITS)
    .vector('i32x4.shl')
    .i32x4(EXPONENT_BIAS << MANTISSA_BITS);
  code.vector('i32x4.add', 'f32x4.mul');
  // Results too small for a normal number are zero, and so is whatever came of arguments far below.
  code.get(x).f32x4(SMALLEST_EXPONENT).vector('f32x4.lt', 'v128.andnot');
}

export function log(code: FunctionBody): void {
  const x = code.local('v128');
  code.tee(x);
  logOfNormal(code);
  logEdges(code, x);
}

const SQRT_HALF_BITS = 0x3f3504f3;

/** log of arguments that are known to be positive normal numbers. */
export function logOfNormal(code: FunctionBody): void {
  const [x, e, m, square] = Array.from({ length: 4 }, () => code.local('v128'));
  // x = (1 + m) 2^e with 1 + m in [sqrt(1/2), sqrt(2)).
  code.tee(x).i32x4(SQRT_HALF_BITS).vector('i32x4.sub').i32(MANTISSA_BITS).vector('i32x4.shr_s').set(e);
  code.get(x).get(e).i32(MANTISSA_BITS).vector('i32x4.shl', 'i32x4.sub').f32x4(1).vector('f32x4.sub').set(m);
  code.get(e).vector('f32x4.convert_i32x4_s').set(e);
  code.get(m).get(m).vector('f32x4.mul').set(square);
  pairedPolynomial(
    code,
    m,
    square,
    [
      7.0376836e-2, -0.1151461, 0.11676998, -0.12420141, 0.14249323, -0.16668057, 0.20000714, -0.24999994,
      0.33333331,
    ],
  );
  code.get(m).vector('f32x4.mul').get(square).vector('f32x4.mul');
  code.get(e).f32x4(LN2_LOW).vector('f32x4.mul', 'f32x4.add');
  code.get(square).f32x4(0.5).vector('f32x4.mul', 'f32x4.sub');
  code.get(m).vector('f32x4.add').get(e).f32x4(LN2_HIGH).vector('f32x4.mul', 'f32x4.add');
}

/** log 0 = -infinity, log of a negative number or NaN = NaN, log infinity = infinity. */
function logEdges(code: FunctionBody, x: number): void {
  const choose = (value: number, test: () => void) => {
    const result = code.local('v128');
    code.set(result).f32x4(value).get(result);
    test();
    code.vector('v128.bitselect');
  };
  choose(Number.NEGATIVE_INFINITY, () => code.get(x).f32x4(0).vector('f32x4.eq'));
  choose(Number.NaN, () => code.get(x).f32x4(0).vector('f32x4.ge', 'v128.not'));
  choose(Number.POSITIVE_INFINITY, () => code.get(x).f32x4(Number.POSITIVE_INFINITY).vector('f32x4.eq'));
}

/** pi/2 in three parts (Cody, Waite): the first two have few enough bits that n times them is exact for |n| < 2^12. */
const HALF_PI = [1.5703125, 4.837512969970703e-4, 7.549789954891882e-8] as const;

/** Beyond this an angle in single precision has lost its place in the period: its sine is not a number. */
export const LARGEST_ANGLE = 2 ** 20;

/** r in [-pi/4, pi/4] and the quadrant n with x = r + n pi/2. */
function reduceAngle(code: FunctionBody): { r: number; quadrant: number } {
  const [x, n, r, quadrant] = Array.from({ length: 4 }, () => code.local('v128'));
  code
    .tee(x)
    .f32x4(2 / Math.PI)
    .vector('f32x4.mul', 'f32x4.nearest')
    .set(n);
  code.get(x);
  for (const part of HALF_PI) code.get(n).f32x4(part).vector('f32x4.mul', 'f32x4.sub');
  code.f32x4(LARGEST_ANGLE).get(x).vector('f32x4.abs', 'f32x4.lt', 'v128.or').set(r);
  code.get(n).vector('i32x4.trunc_sat_f32x4_s').set(quadrant);
  return { r, quadrant };
}

/** sin and cos of r in [-pi/4, pi/4], in locals. */
export function sinCosReduced(code: FunctionBody, r: number): { sin: number; cos: number } {
  const [square, sin, cos] = Array.from({ length: 3 }, () => code.local('v128'));
  code.get(r).get(r).vector('f32x4.mul').set(square);
  code.get(square);
  polynomial(code, [-1.9515296e-4, 8.3321609e-3, -0.16666655]);
  code.get(square).vector('f32x4.mul').get(r).vector('f32x4.mul').get(r).vector('f32x4.add').set(sin);
  code.get(square);
  polynomial(code, [2.4433157e-5, -1.3887316e-3, 4.1666646e-2]);
  code.get(square).vector('f32x4.mul').get(square).vector('f32x4.mul');
  code.get(square).f32x4(0.5).vector('f32x4.mul', 'f32x4.sub').f32x4(1).vector('f32x4.add').set(cos);
  return { sin, cos };
}

/** Leaves sin(r + quadrant pi/2). */
function inQuadrant(code: FunctionBody, { sin, cos }: { sin: number; cos: number }, quadrant: number): void {
  const odd = code.local('v128');
  // All ones where the lowest bit is set; the second bit becomes the sign.
  code.i32x4(0).get(quadrant).i32x4(1).vector('v128.and', 'i32x4.sub').set(odd);
  code.get(cos).get(sin).get(odd).vector('v128.bitselect');
  code.get(quadrant).i32x4(2).vector('v128.and').i32(30).vector('i32x4.shl', 'v128.xor');
}

export function sin(code: FunctionBody): void {
  const { r, quadrant } = reduceAngle(code);
  inQuadrant(code, sinCosReduced(code, r), quadrant);
}

export function cos(code: FunctionBody): void {
  const { r, quadrant } = reduceAngle(code);
  const next = code.local('v128');
  code.get(quadrant).i32x4(1).vector('i32x4.add').set(next);
  inQuadrant(code, sinCosReduced(code, r), next);
}

const TANH_SWITCH = 0.625;

export function tanh(code: FunctionBody): void {
  const [x, square, near, far, size] = Array.from({ length: 5 }, () => code.local('v128'));
  code.tee(x).get(x).vector('f32x4.mul').set(square);
  code.get(square);
  polynomial(code, [-5.7049887e-3, 2.0639089e-2, -5.3739716e-2, 0.13331442, -0.33333282]);
  code.get(square).vector('f32x4.mul').get(x).vector('f32x4.mul').get(x).vector('f32x4.add').set(near);
  // |tanh x| = 1 - 2 / (exp(2|x|) + 1), with the sign of x.
  code.get(x).vector('f32x4.abs').tee(size).get(size).vector('f32x4.add');
  exp(code);
  const grown = code.local('v128');
  code.f32x4(1).vector('f32x4.add').set(grown);
  code.f32x4(1).f32x4(2).get(grown).vector('f32x4.div', 'f32x4.sub');
  code
    .get(x)
    .i32x4(0x80000000 | 0)
    .vector('v128.and', 'v128.or')
    .set(far);
  code.get(near).get(far).get(size).f32x4(TANH_SWITCH).vector('f32x4.lt', 'v128.bitselect');
}

const TAN_EIGHTH = Math.tan(Math.PI / 8);

/** The angle of the point (x, y) for y, x on the stack; zero at the origin. */
export function atan2(code: FunctionBody): void {
  const [y, x, tall, wide, larger] = Array.from({ length: 5 }, () => code.local('v128'));
  code.set(x).set(y);
  code.get(y).vector('f32x4.abs').tee(tall).get(x).vector('f32x4.abs').tee(wide);
  code.vector('f32x4.max').set(larger);
  // At the origin 0/1 stands for 0/0.
  code.get(tall).get(wide).vector('f32x4.min');
  code.f32x4(1).get(larger).get(larger).f32x4(0).vector('f32x4.eq', 'v128.bitselect', 'f32x4.div');
  arcTangent(code);
  const angle = code.local('v128');
  const reflected = (turn: number, test: () => void) => {
    code.set(angle).f32x4(turn).get(angle).vector('f32x4.sub').get(angle);
    test();
    code.vector('v128.bitselect');
  };
  reflected(Math.PI / 2, () => code.get(wide).get(tall).vector('f32x4.lt'));
  reflected(Math.PI, () => code.get(x).f32x4(0).vector('f32x4.lt'));
  code
    .get(y)
    .i32x4(0x80000000 | 0)
    .vector('v128.and', 'v128.or');
}

/** For numbers from 0 to 1; beyond tan(pi/8) by atan t = pi/4 + atan((t - 1) / (t + 1)). */
function arcTangent(code: FunctionBody): void {
  const [ratio, folded, r, square] = Array.from({ length: 4 }, () => code.local('v128'));
  code.set(ratio).f32x4(TAN_EIGHTH).get(ratio).vector('f32x4.lt').set(folded);
  code.get(ratio).f32x4(1).vector('f32x4.sub').get(ratio).f32x4(1).vector('f32x4.add', 'f32x4.div');
  code.get(ratio).get(folded).vector('v128.bitselect').tee(r).get(r).vector('f32x4.mul').set(square);
  code.get(square);
  polynomial(code, [8.0537445e-2, -0.13877686, 0.19977711, -0.33332949]);
  code.get(square).vector('f32x4.mul').get(r).vector('f32x4.mul').get(r).vector('f32x4.add');
  code
    .f32x4(Math.PI / 4)
    .get(folded)
    .vector('v128.and', 'f32x4.add');
}

/**
 * a^b of the two vectors on the stack, as `**` has it: of a negative a for whole b only, 0^b by its limit. Relative error
 * 1e-7 (1 + 2 |b log |a||).
 */
export function pow(code: FunctionBody): void {
  const [a, b, size, halves] = Array.from({ length: 4 }, () => code.local('v128'));
  code.set(b).tee(a).vector('f32x4.abs').set(size);
  code.get(b).get(size);
  log(code);
  code.vector('f32x4.mul');
  exp(code);
  // 0^b: log gives -infinity, of which exp makes 0 for b > 0 and the largest number for b < 0; but b = 0 gives NaN.
  code.set(size).f32x4(1).get(size).get(b).f32x4(0).vector('f32x4.eq', 'v128.bitselect').set(size);
  // Odd b: the sign of a. A b that is not whole: not a number.
  code.get(b).f32x4(0.5).vector('f32x4.mul').tee(halves).vector('f32x4.floor').get(halves).vector('f32x4.ne');
  code
    .get(a)
    .vector('v128.and')
    .i32x4(0x80000000 | 0)
    .vector('v128.and')
    .get(size)
    .vector('v128.or');
  code
    .get(b)
    .vector('f32x4.floor')
    .get(b)
    .vector('f32x4.ne')
    .get(a)
    .f32x4(0)
    .vector('f32x4.lt', 'v128.and', 'v128.or');
}
