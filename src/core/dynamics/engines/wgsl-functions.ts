/**
 * Random numbers and elementary functions in WGSL. The language leaves the errors of log, sin, cos and tanh loose (sin may
 * be wrong by 2^-11) and lets a compiler assume that nothing is infinite or not a number. Hence own series, and tests of the
 * bits instead of comparisons where such values matter.
 */

import { PHILOX, UNIFORM_BITS } from '../../numerics/random.ts';
import { LARGEST_ANGLE } from './elementary.ts';

/** A literal of a number that is not subnormal in single precision. */
export function floatLiteral(value: number): string {
  const text = `${Math.fround(value)}f`;
  return value < 0 ? `(${text})` : text;
}

const f = floatLiteral;
const u = (value: number) => `${value >>> 0}u`;

/** Bits of an angle: a turn is 2^TURN_BITS, so that half a step of a uniform is a whole number. */
const TURN_BITS = UNIFORM_BITS + 1;
const QUARTER_BITS = TURN_BITS - 2;
/** pi/2 in three parts (Cody, Waite): n times the first two is exact for |n| < 2^12. */
const HALF_PI = [1.5703125, 4.837512969970703e-4, 7.549789954891882e-8];
const SQRT_HALF_BITS = u(0x3f3504f3);
const EXPONENT_RANGE = [-87.33654, 88.37626];

/** (atan r - r) / r^3 in powers of r^2, for |r| < tan(pi/8) (S. Moshier, Cephes, single precision). */
const ARC_TANGENT = [-0.33332949, 0.19977711, -0.13877686, 8.0537445e-2];

/** Coefficients 1 / n! with alternating signs, from the lowest order, for Horner's rule in r^2. */
function taylor(orders: readonly number[]): string {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  return horner(orders.map((n) => (n % 4 < 2 ? 1 : -1) / factorial(n)));
}

function horner(coefficients: readonly number[]): string {
  return coefficients.map(f).reduceRight((inner, coefficient) => `(${coefficient} + q * ${inner})`);
}

/**
 * philox(counter, key): the words of `random.ts`. drawNormals and drawUniforms(walker, block, key): the numbers of
 * `RandomStream`, uniforms with 23 bits; normals agree with double precision within 1e-5.
 */
export const RANDOM_SOURCE = `
fn multiplyHigh(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let aLow = a & vec2<u32>(0xffffu);
  let aHigh = a >> vec2<u32>(16u);
  let bLow = b & vec2<u32>(0xffffu);
  let bHigh = b >> vec2<u32>(16u);
  let middle = aHigh * bLow + ((aLow * bLow) >> vec2<u32>(16u));
  let carry = aLow * bHigh + (middle & vec2<u32>(0xffffu));
  return aHigh * bHigh + (middle >> vec2<u32>(16u)) + (carry >> vec2<u32>(16u));
}

fn philox(counter: vec4<u32>, key: vec2<u32>) -> vec4<u32> {
  let multipliers = vec2<u32>(${PHILOX.multipliers.map(u).join(', ')});
  var c = counter;
  var k = key;
  for (var round = 0u; round < ${u(PHILOX.rounds)}; round++) {
    let high = multiplyHigh(multipliers, c.xz);
    let low = multipliers * c.xz;
    c = vec4<u32>(high.y ^ c.y ^ k.x, low.y, high.x ^ c.w ^ k.y, low.x);
    k += vec2<u32>(${PHILOX.weyl.map(u).join(', ')});
  }
  return c;
}

fn drawUniforms(walker: u32, block: u32, key: vec2<u32>) -> vec4<f32> {
  let words = philox(vec4<u32>(walker, block, 0u, 0u), key) >> vec4<u32>(${u(32 - UNIFORM_BITS)});
  return (vec4<f32>(words) + 0.5f) * ${f(2 ** -UNIFORM_BITS)};
}

fn normalPair(first: u32, second: u32) -> vec2<f32> {
  let uniform23 = (f32(first >> ${u(32 - UNIFORM_BITS)}) + 0.5f) * ${f(2 ** -UNIFORM_BITS)};
  let radius = sqrt(-2f * positiveLogarithm(uniform23));
  let angle = 2u * (second >> ${u(32 - UNIFORM_BITS)}) + 1u;
  let quadrant = (angle + ${u(2 ** (QUARTER_BITS - 1))}) >> ${u(QUARTER_BITS)};
  let rest = f32(i32(angle) - i32(quadrant << ${u(QUARTER_BITS)})) * ${f(2 * Math.PI * 2 ** -TURN_BITS)};
  let reduced = sineCosine(rest);
  return radius * vec2<f32>(inQuadrant(reduced, i32(quadrant) + 1), inQuadrant(reduced, i32(quadrant)));
}

fn drawNormals(walker: u32, block: u32, key: vec2<u32>) -> vec4<f32> {
  let words = philox(vec4<u32>(walker, block, 0u, 0u), key);
  return vec4<f32>(normalPair(words.x, words.y), normalPair(words.z, words.w));
}
`;

/**
 * Relative errors below 1e-6 (log, sin and cos near a zero: absolute, for |x| < 1000), of exponential as in WGSL
 * (3 + 2|x| units in the last place). Edges as in `elementary.ts`.
 */
export const FUNCTIONS_SOURCE = `
fn isNan(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

// The bits are chosen, not the numbers: a shader with a constant that is not a number is refused.
fn orNan(x: f32, undefinedThere: bool) -> f32 {
  return bitcast<f32>(select(bitcast<u32>(x), 0x7fc00000u, undefinedThere));
}

// Numbers that are not finite become the largest one: a walker thrown out stays where it can be noticed.
fn settled(x: f32) -> f32 {
  return select(x, 3.4028234663852886e+38f, (bitcast<u32>(x) & 0x7f800000u) == 0x7f800000u);
}

fn less(a: f32, b: f32) -> f32 {
  return select(0f, 1f, a < b && !isNan(a) && !isNan(b));
}

fn exponential(x: f32) -> f32 {
  let inRange = exp(clamp(x, ${EXPONENT_RANGE.map(f).join(', ')}));
  return select(select(inRange, 0f, x < ${f(EXPONENT_RANGE[0])}), x, isNan(x));
}

// x = m 2^e with m from sqrt(1/2) to sqrt(2); log m = 2 artanh s with s = (m - 1) / (m + 1).
fn positiveLogarithm(x: f32) -> f32 {
  let shifted = bitcast<u32>(x) - ${SQRT_HALF_BITS};
  let e = f32(bitcast<i32>(shifted) >> 23u);
  let m = bitcast<f32>((shifted & 0x007fffffu) + ${SQRT_HALF_BITS});
  let s = (m - 1f) / (m + 1f);
  let q = s * s;
  return e * ${f(Math.LN2)} + (2f * s + s * q * ${horner([2 / 3, 2 / 5, 2 / 7, 2 / 9])});
}

fn logarithm(x: f32) -> f32 {
  let bits = bitcast<u32>(x);
  let special = select(0x7fc00000u, 0xff800000u, (bits & 0x7fffffffu) < 0x00800000u);
  let ordinary = bits >= 0x00800000u && bits < 0x80000000u;
  return select(select(bitcast<f32>(special), positiveLogarithm(x), ordinary), x, ordinary && bits >= 0x7f800000u);
}

// a^b: of a negative a for whole b only, 0^b by its limit.
fn powered(a: f32, b: f32) -> f32 {
  let size = select(exponential(b * logarithm(abs(a))), 1f, b == 0f);
  let halves = 0.5f * b;
  let signed = select(size, -size, a < 0f && floor(halves) != halves);
  return orNan(signed, a < 0f && floor(b) != b);
}

// For r from -pi/4 to pi/4.
fn sineCosine(r: f32) -> vec2<f32> {
  let q = r * r;
  return vec2<f32>(r + r * q * ${taylor([3, 5, 7, 9])}, 1f - 0.5f * q + q * q * ${taylor([4, 6, 8, 10])});
}

// sin(r + quadrant pi/2)
fn inQuadrant(reduced: vec2<f32>, quadrant: i32) -> f32 {
  let size = select(reduced.x, reduced.y, (quadrant & 1) != 0);
  return select(size, -size, (quadrant & 2) != 0);
}

fn turned(x: f32, quarters: i32) -> f32 {
  let n = round(x * ${f(2 / Math.PI)});
  let r = ((x - n * ${f(HALF_PI[0])}) - n * ${f(HALF_PI[1])}) - n * ${f(HALF_PI[2])};
  return orNan(inQuadrant(sineCosine(r), i32(n) + quarters), abs(x) > ${f(LARGEST_ANGLE)});
}

fn sine(x: f32) -> f32 {
  return turned(x, 0);
}

fn cosine(x: f32) -> f32 {
  return turned(x, 1);
}

// Angle of the point (x, y): the arc tangent of the smaller over the larger size, moved to its octant. Zero at the origin.
fn angle(y: f32, x: f32) -> f32 {
  let steep = abs(y) > abs(x);
  let larger = select(abs(x), abs(y), steep);
  let ratio = select(abs(y), abs(x), steep) / select(larger, 1f, larger == 0f);
  let folded = ratio > ${f(Math.tan(Math.PI / 8))};
  let r = select(ratio, (ratio - 1f) / (ratio + 1f), folded);
  let q = r * r;
  let small = r + r * q * ${horner(ARC_TANGENT)} + select(0f, ${f(Math.PI / 4)}, folded);
  let first = select(small, ${f(Math.PI / 2)} - small, steep);
  let half = select(first, ${f(Math.PI)} - first, x < 0f);
  return select(half, -half, y < 0f);
}

// Near zero the continued fraction of Lambert, cut after 9.
fn hyperbolicTangent(x: f32) -> f32 {
  let q = x * x;
  let near = x * (945f + q * (105f + q)) / (945f + q * (420f + 15f * q));
  let far = 1f - 2f / (exponential(2f * abs(x)) + 1f);
  return select(select(far, -far, x < 0f), near, abs(x) < 0.625f);
}
`;
