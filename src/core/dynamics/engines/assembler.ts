/**
 * Just enough of a WebAssembly assembler: functions of numbers and SIMD vectors over one exported memory.
 * Encoding: WebAssembly Core Specification 2.0, chapter 5.
 */

export type ValueType = 'i32' | 'f64' | 'v128';

const TYPE_CODE: Readonly<Record<ValueType, number>> = { i32: 0x7f, f64: 0x7c, v128: 0x7b };

/** Instructions without immediates. */
const PLAIN = {
  end: 0x0b,
  select: 0x1b,
  'i32.eqz': 0x45,
  'i32.lt_u': 0x49,
  'i32.add': 0x6a,
  'i32.sub': 0x6b,
  'i32.mul': 0x6c,
  'i32.div_u': 0x6e,
  'i32.and': 0x71,
  'i32.shr_u': 0x76,
  'f64.add': 0xa0,
} as const;

/** Vector instructions without immediates, after the prefix 0xfd. */
const VECTOR = {
  'i32x4.splat': 0x11,
  'i32x4.lt_u': 0x3a,
  'f32x4.eq': 0x41,
  'f32x4.ne': 0x42,
  'f32x4.lt': 0x43,
  'f32x4.ge': 0x46,
  'v128.not': 0x4d,
  'v128.and': 0x4e,
  'v128.andnot': 0x4f,
  'v128.or': 0x50,
  'v128.xor': 0x51,
  'v128.bitselect': 0x52,
  'f64x2.promote_low_f32x4': 0x5f,
  'f32x4.floor': 0x68,
  'f32x4.nearest': 0x6a,
  'i32x4.shl': 0xab,
  'i32x4.shr_s': 0xac,
  'i32x4.shr_u': 0xad,
  'i32x4.add': 0xae,
  'i32x4.sub': 0xb1,
  'i32x4.min_s': 0xb6,
  'i32x4.max_s': 0xb8,
  'i64x2.extmul_low_i32x4_u': 0xde,
  'i64x2.extmul_high_i32x4_u': 0xdf,
  'f32x4.abs': 0xe0,
  'f32x4.neg': 0xe1,
  'f32x4.sqrt': 0xe3,
  'f32x4.add': 0xe4,
  'f32x4.sub': 0xe5,
  'f32x4.mul': 0xe6,
  'f32x4.div': 0xe7,
  'f32x4.min': 0xe8,
  'f32x4.max': 0xe9,
  'f32x4.pmin': 0xea,
  'f64x2.add': 0xf0,
  'i32x4.trunc_sat_f32x4_s': 0xf8,
  'f32x4.convert_i32x4_s': 0xfa,
} as const;

export type PlainInstruction = keyof typeof PLAIN;
export type VectorInstruction = keyof typeof VECTOR;

const VOID_BLOCK = 0x40;
const ALIGN_4 = 2;
const ALIGN_8 = 3;
const ALIGN_16 = 4;

export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest !== 0);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0)) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}

/** A local variable of the function being written. */
export type Local = number;

/** The body of one function. */
export class FunctionBody {
  private readonly code: number[] = [];
  private readonly locals: ValueType[] = [];

  constructor(
    readonly name: string,
    readonly params: readonly ValueType[],
  ) {}

  local(type: ValueType): Local {
    this.locals.push(type);
    return this.params.length + this.locals.length - 1;
  }

  plain(...instructions: readonly PlainInstruction[]): this {
    for (const instruction of instructions) this.code.push(PLAIN[instruction]);
    return this;
  }

  vector(...instructions: readonly VectorInstruction[]): this {
    for (const instruction of instructions) this.code.push(0xfd, ...unsigned(VECTOR[instruction]));
    return this;
  }

  get(local: Local): this {
    this.code.push(0x20, ...unsigned(local));
    return this;
  }

  set(local: Local): this {
    this.code.push(0x21, ...unsigned(local));
    return this;
  }

  /** Stores the top of the stack and leaves it there. */
  tee(local: Local): this {
    this.code.push(0x22, ...unsigned(local));
    return this;
  }

  i32(value: number): this {
    this.code.push(0x41, ...signed(value));
    return this;
  }

  /** Four equal single-precision lanes. */
  f32x4(value: number): this {
    return this.lanes(new Uint8Array(Float32Array.of(value, value, value, value).buffer));
  }

  /** Four equal integer lanes. */
  i32x4(value: number): this {
    return this.lanes(new Uint8Array(Int32Array.of(value, value, value, value).buffer));
  }

  lanes(bytes: Uint8Array): this {
    this.code.push(0xfd, 12, ...bytes);
    return this;
  }

  /** Bytes of two vectors by index (0 to 31). */
  shuffle(...bytes: readonly number[]): this {
    this.code.push(0xfd, 13, ...bytes);
    return this;
  }

  /** address on the stack -> vector */
  load(offset: number): this {
    this.code.push(0xfd, 0, ALIGN_16, ...unsigned(offset));
    return this;
  }

  /** address, vector on the stack -> */
  store(offset: number): this {
    this.code.push(0xfd, 11, ALIGN_16, ...unsigned(offset));
    return this;
  }

  /** address on the stack -> vector of the number there and three zeros */
  load32Zero(offset: number): this {
    this.code.push(0xfd, 92, ALIGN_4, ...unsigned(offset));
    return this;
  }

  /** address, vector on the stack -> vector with the number there in one lane */
  load32Lane(offset: number, lane: number): this {
    this.code.push(0xfd, 86, ALIGN_4, ...unsigned(offset), lane);
    return this;
  }

  i32Lane(lane: number): this {
    this.code.push(0xfd, 27, lane);
    return this;
  }

  f64Lane(lane: number): this {
    this.code.push(0xfd, 33, lane);
    return this;
  }

  loadF64(offset: number): this {
    this.code.push(0x2b, ALIGN_8, ...unsigned(offset));
    return this;
  }

  storeF64(offset: number): this {
    this.code.push(0x39, ALIGN_8, ...unsigned(offset));
    return this;
  }

  f64(value: number): this {
    this.code.push(0x44, ...new Uint8Array(Float64Array.of(value).buffer));
    return this;
  }

  call(functionIndex: number): this {
    this.code.push(0x10, ...unsigned(functionIndex));
    return this;
  }

  /** Repeats `body` while it leaves a true i32 on the stack. */
  repeatWhile(body: () => void): this {
    this.code.push(0x03, VOID_BLOCK);
    body();
    this.code.push(0x0d, 0, PLAIN.end);
    return this;
  }

  /** Runs `body` if the i32 on the stack is true. */
  ifTrue(body: () => void): this {
    this.code.push(0x04, VOID_BLOCK);
    body();
    this.code.push(PLAIN.end);
    return this;
  }

  encode(): number[] {
    const locals = this.locals.flatMap((type) => [1, TYPE_CODE[type]]);
    const body = [...unsigned(this.locals.length), ...locals, ...this.code, PLAIN.end];
    return [...unsigned(body.length), ...body];
  }
}

/** A module that exports its memory as `memory` and every function by name. */
export function encodeModule(functions: readonly FunctionBody[], pages: number): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ params }) => [
    0x60,
    ...unsigned(params.length),
    ...params.map((type) => TYPE_CODE[type]),
    0,
  ]);
  const exports = [
    [...text('memory'), 2, 0],
    ...functions.map(({ name }, index) => [...text(name), 0, ...unsigned(index)]),
  ];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(
      3,
      functions.map((_, index) => unsigned(index)),
    ),
    ...section(5, [[0x00, ...unsigned(pages)]]),
    ...section(7, exports),
    ...section(
      10,
      functions.map((body) => body.encode()),
    ),
  ]);
}

function section(id: number, entries: readonly (readonly number[])[]): number[] {
  const content = [...unsigned(entries.length), ...entries.flat()];
  return [id, ...unsigned(content.length), ...content];
}

function text(name: string): number[] {
  return [...unsigned(name.length), ...[...name].map((letter) => letter.charCodeAt(0))];
}
