/** Philox4x32-10 and Box-Muller on four walkers at once: the numbers of `RandomStream`, lane by lane. */
import { PHILOX, UNIFORM_BITS } from '../../numerics/random.ts';
import { FunctionBody, type Local } from './assembler.ts';
import { logOfNormal, sinCosReduced } from './elementary.ts';

const VECTOR_BYTES = 16;
const WORDS = 4;

type Words = [Local, Local, Local, Local];

/**
 * A function (walker, block, blocks, seed, purpose, address): for `blocks` Philox blocks from `block` on, four numbers of
 * each of the walkers `walker` .. `walker + 3` go to `address`, number after number.
 */
export function noiseFunction(name: string, kind: 'normals' | 'uniforms'): FunctionBody {
  const code = new FunctionBody(name, ['i32', 'i32', 'i32', 'i32', 'i32', 'i32']);
  const [walker, block, blocks, seed, purpose, address] = [0, 1, 2, 3, 4, 5];
  const lanes = code.local('v128');
  const words: Words = [code.local('v128'), code.local('v128'), code.local('v128'), code.local('v128')];
  const first = Int32Array.of(0, 1, 2, 3);
  code.get(walker).vector('i32x4.splat').lanes(new Uint8Array(first.buffer)).vector('i32x4.add').set(lanes);
  code.repeatWhile(() => {
    code.get(lanes).set(words[0]).get(block).vector('i32x4.splat').set(words[1]);
    code.i32x4(0).tee(words[2]).set(words[3]);
    philoxRounds(code, words, seed, purpose);
    if (kind === 'normals') storeNormals(code, words, address);
    else storeUniforms(code, words, address);
    code
      .get(address)
      .i32(WORDS * VECTOR_BYTES)
      .plain('i32.add')
      .set(address);
    code.get(block).i32(1).plain('i32.add').set(block);
    code.get(blocks).i32(1).plain('i32.sub').tee(blocks);
  });
  return code;
}

function philoxRounds(code: FunctionBody, words: Words, seed: Local, purpose: Local): void {
  const keys = [seed, purpose].map((key) => {
    const splat = code.local('v128');
    code.get(key).vector('i32x4.splat').set(splat);
    return splat;
  });
  const products = [0, 1].map(() => ({ high: code.local('v128'), low: code.local('v128') }));
  for (let round = 0; round < PHILOX.rounds; round++) {
    multiply(code, words[0], PHILOX.multipliers[0], products[0]);
    multiply(code, words[2], PHILOX.multipliers[1], products[1]);
    code.get(products[1].high).get(words[1]).vector('v128.xor').get(keys[0]).vector('v128.xor').set(words[0]);
    code.get(products[0].high).get(words[3]).vector('v128.xor').get(keys[1]).vector('v128.xor').set(words[2]);
    code.get(products[1].low).set(words[1]).get(products[0].low).set(words[3]);
    keys.forEach((key, k) => {
      code
        .get(key)
        .i32x4(PHILOX.weyl[k] | 0)
        .vector('i32x4.add')
        .set(key);
    });
  }
}

/** 64-bit products of the lanes with a constant, their high and low words apart. */
function multiply(
  code: FunctionBody,
  factor: Local,
  constant: number,
  { high, low }: { high: Local; low: Local },
): void {
  const [firstTwo, lastTwo] = [code.local('v128'), code.local('v128')];
  code
    .get(factor)
    .i32x4(constant | 0)
    .vector('i64x2.extmul_low_i32x4_u')
    .set(firstTwo);
  code
    .get(factor)
    .i32x4(constant | 0)
    .vector('i64x2.extmul_high_i32x4_u')
    .set(lastTwo);
  const pick = (offset: number) =>
    [0, 8, 16, 24].flatMap((start) => [0, 1, 2, 3].map((byte) => start + offset + byte));
  code
    .get(firstTwo)
    .get(lastTwo)
    .shuffle(...pick(0))
    .set(low);
  code
    .get(firstTwo)
    .get(lastTwo)
    .shuffle(...pick(4))
    .set(high);
}

/** word -> (its leading bits + 1/2) / 2^bits, exact in single precision */
function uniform(code: FunctionBody, word: Local): void {
  code
    .get(word)
    .i32(32 - UNIFORM_BITS)
    .vector('i32x4.shr_u', 'f32x4.convert_i32x4_s');
  code
    .f32x4(0.5)
    .vector('f32x4.add')
    .f32x4(2 ** -UNIFORM_BITS)
    .vector('f32x4.mul');
}

function storeUniforms(code: FunctionBody, words: Words, address: Local): void {
  words.forEach((word, i) => {
    code.get(address);
    uniform(code, word);
    code.store(i * VECTOR_BYTES);
  });
}

const QUARTER_BITS = 2;
const SIGN = 0x80000000 | 0;

/** Box-Muller on the words (0, 1) and (2, 3). */
function storeNormals(code: FunctionBody, words: Words, address: Local): void {
  const [radius, angle, turned, swap] = Array.from({ length: 4 }, () => code.local('v128'));
  for (const pair of [0, 1]) {
    const [distance, direction] = [words[2 * pair], words[2 * pair + 1]];
    uniform(code, distance);
    logOfNormal(code);
    code.f32x4(-2).vector('f32x4.mul', 'f32x4.sqrt').set(radius);
    // The first two bits, rounded, are the quadrant; the rest, with its sign, the angle to its middle.
    code
      .get(direction)
      .i32(QUARTER_BITS)
      .vector('i32x4.shl')
      .i32(QUARTER_BITS + 32 - UNIFORM_BITS)
      .vector('i32x4.shr_s', 'f32x4.convert_i32x4_s')
      .f32x4(0.5)
      .vector('f32x4.add')
      .f32x4(2 * Math.PI * 2 ** -UNIFORM_BITS)
      .vector('f32x4.mul')
      .set(angle);
    code
      .get(direction)
      .i32x4(1 << 29)
      .vector('i32x4.add')
      .set(turned);
    const { sin, cos } = sinCosReduced(code, angle);
    // Odd quadrants exchange sine and cosine.
    code.get(turned).i32(1).vector('i32x4.shl').i32(31).vector('i32x4.shr_s');
    code.get(sin).get(cos).vector('v128.xor', 'v128.and').set(swap);
    code.get(address).get(cos).get(swap).vector('v128.xor');
    code
      .get(turned)
      .i32x4(1 << 30)
      .vector('i32x4.add')
      .i32x4(SIGN)
      .vector('v128.and', 'v128.xor');
    code
      .get(radius)
      .vector('f32x4.mul')
      .store(2 * pair * VECTOR_BYTES);
    code.get(address).get(sin).get(swap).vector('v128.xor').get(turned).i32x4(SIGN);
    code
      .vector('v128.and', 'v128.xor')
      .get(radius)
      .vector('f32x4.mul')
      .store((2 * pair + 1) * VECTOR_BYTES);
  }
}
