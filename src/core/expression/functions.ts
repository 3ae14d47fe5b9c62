/** Functions that expressions may call, by the names that people give them. */

interface FunctionShape {
  /** How many arguments it takes. */
  readonly least: number;
  readonly most: number;
}

const MANY = 16;
const one: FunctionShape = { least: 1, most: 1 };
const two: FunctionShape = { least: 2, most: 2 };

export const FUNCTIONS = {
  exp: one,
  log: one,
  log10: one,
  sqrt: one,
  cbrt: one,
  sin: one,
  cos: one,
  tan: one,
  asin: one,
  acos: one,
  atan: one,
  sinh: one,
  cosh: one,
  tanh: one,
  erf: one,
  abs: one,
  /** -1, 0 or 1. */
  sign: one,
  /** 1 where the argument is positive, 0 elsewhere. */
  step: one,
  floor: one,
  ceil: one,
  round: one,
  square: one,
  atan2: two,
  pow: two,
  /** The remainder, of the sign of the second argument. */
  mod: two,
  min: { least: 2, most: MANY },
  max: { least: 2, most: MANY },
  /** 1 where the first is smaller (at most as large), 0 elsewhere. */
  less: two,
  atMost: two,
  /** The second where the first is not 0, else the third. */
  if: { least: 3, most: 3 },
} satisfies Readonly<Record<string, FunctionShape>>;

export type FunctionName = keyof typeof FUNCTIONS;
export const FUNCTION_NAMES = Object.keys(FUNCTIONS) as readonly FunctionName[];

const ALIASES: Readonly<Record<string, FunctionName>> = {
  ln: 'log',
  lg: 'log10',
  power: 'pow',
  arcsin: 'asin',
  arccos: 'acos',
  arctan: 'atan',
  arctan2: 'atan2',
  fabs: 'abs',
  sgn: 'sign',
  signum: 'sign',
  heaviside: 'step',
  heavisidetheta: 'step',
  fmod: 'mod',
  ceiling: 'ceil',
  minimum: 'min',
  maximum: 'max',
  where: 'if',
  ifelse: 'if',
  sqr: 'square',
};

/** The function of this name, however it is capitalised. */
export function functionNamed(name: string): FunctionName | undefined {
  const plain = name.toLowerCase();
  if (Object.hasOwn(FUNCTIONS, plain)) return plain as FunctionName;
  if (name === 'atMost') return name;
  return Object.hasOwn(ALIASES, plain) ? ALIASES[plain] : undefined;
}
