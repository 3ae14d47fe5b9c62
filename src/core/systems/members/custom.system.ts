import { ExpressionError } from '../../expression/parse.ts';
import { tex } from '../../expression/tex.ts';
import type { Message } from '../../message.ts';
import { number, text } from '../../params/make.ts';
import type { NumberSpec, ParamSpecs, ParamValues, TextSpec, Understood } from '../../params/params.ts';
import type { CollectiveVariable, Domain, System } from '../contract.ts';
import { type EnergyQuestion, examinationOf } from '../examination.ts';
import { checkExpression, readTypedEnergy, type TypedEnergy } from '../typed.ts';

const DEFAULT_ENERGY =
  'h*(x^2 - 1)^2 + k/2*(y - a*x^2)^2 + b*x; h = 4 in [1, 10]; k = 10 in [1, 40]; a = 0.8 in [-1, 1]; b = 0.3 in [-1, 1]';
const DEFAULT_CV = 'x + y';
const MOST_CHARACTERS = 2000;
const SIDES = ['xMin', 'xMax', 'yMin', 'yMax'] as const;
const DEFAULT_SIDES = { xMin: -2, xMax: 2, yMin: -1.5, yMax: 3 };
const RESERVED = ['energy', 'cv', ...SIDES];
/** Energy above the highest pass, in units of the default temperature, up to which a typed slow variable is plotted. */
const ABOVE_PASS = 8;

/** Answers that were given lately: the page asks for the same ones again and again. */
function remembered<R>(make: (key: string) => R, most = 64): (key: string) => R {
  const known = new Map<string, R>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined || known.has(key)) return before as R;
    const value = make(key);
    known.set(key, value);
    for (const oldest of known.keys()) if (known.size > most) known.delete(oldest);
    return value;
  };
}

const typed = remembered((text): TypedEnergy | ExpressionError => {
  try {
    return readTypedEnergy(text, RESERVED);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
});

/** The typed energy, or the default one while the text cannot be read. */
function energyOf(params: ParamValues): TypedEnergy {
  const read = typed(String(params.energy ?? DEFAULT_ENERGY));
  return read instanceof ExpressionError ? readTypedEnergy(DEFAULT_ENERGY, RESERVED) : read;
}

function domainOf(params: ParamValues): Domain {
  const side = (name: (typeof SIDES)[number]) => Number(params[name] ?? DEFAULT_SIDES[name]);
  const sides = [
    [side('xMin'), side('xMax')],
    [side('yMin'), side('yMax')],
  ];
  return sides
    .slice(0, energyOf(params).coordinates.length)
    .map(([a, b]) => (a === b ? [a - 0.5, b + 0.5] : [Math.min(a, b), Math.max(a, b)]));
}

function questionOf(params: ParamValues): EnergyQuestion {
  const { energy, coordinates, parameters } = energyOf(params);
  const values = Object.entries(parameters).map(([name, spec]) => [
    name,
    Number(params[name] ?? spec.default),
  ]);
  return {
    about: 'energy',
    energy,
    coordinates,
    parameters: Object.fromEntries(values),
    domain: domainOf(params),
  };
}

/** What is wrong with a text, its parameters at their defaults. */
function problemOf(text: string, sides: ParamValues): Message | undefined {
  const read = typed(text);
  if (read instanceof ExpressionError) return read.told;
  return examinationOf(questionOf({ ...sides, energy: text })).problem ?? undefined;
}

function cvProblemOf(text: string, domain: Domain): Message | undefined {
  try {
    checkExpression(text);
  } catch (error) {
    if (error instanceof ExpressionError) return error.told;
    throw error;
  }
  return examinationOf({ about: 'variable', value: text, domain }).problem ?? undefined;
}

function cvsOf(params: ParamValues): readonly CollectiveVariable[] {
  const domain = domainOf(params);
  const along = domain.map((range, d) => ({ id: 'xy'[d], label: 'xy'[d], value: 'xy'[d], range }));
  if (domain.length === 1) return along;
  const text = String(params.cv ?? DEFAULT_CV);
  const value = cvProblemOf(text, domain) ? DEFAULT_CV : text;
  const { range } = examinationOf({ about: 'range', value, above: ABOVE_PASS, of: questionOf(params) });
  return [...along, { id: 'typed', label: value, value, range }];
}

function sideSpec(name: (typeof SIDES)[number]): NumberSpec {
  return number(DEFAULT_SIDES[name], [-5, 5], {
    symbol: `${name[0]}_{\\${name.slice(1).toLowerCase()}}`,
    limits: [-1000, 1000],
    step: 0.1,
  });
}

function params(given: ParamValues): ParamSpecs {
  const { coordinates, parameters } = energyOf(given);
  const domain = domainOf(given);
  const sides = SIDES.slice(0, 2 * coordinates.length);
  return {
    energy: text(DEFAULT_ENERGY, MOST_CHARACTERS, {
      symbol: 'U',
      check: (text) => problemOf(text, sidesOf(given)),
      mend: mendedEnergy,
      understood: understoodEnergy,
    }),
    ...(coordinates.length === 2 ? { cv: cvSpec(domain) } : {}),
    ...Object.fromEntries(sides.map((name) => [name, sideSpec(name)])),
    ...parameters,
  };
}

function sidesOf(given: ParamValues): ParamValues {
  return Object.fromEntries(SIDES.flatMap((name) => (name in given ? [[name, given[name]]] : [])));
}

/** The text that may have been meant by one that cannot be read. */
function mendedEnergy(text: string): string | undefined {
  const read = typed(text);
  return read instanceof ExpressionError ? (read.mended ?? undefined) : undefined;
}

/** An equation as long as this is no longer read by anybody, and takes long to set. */
const MOST_TYPESET = 1500;

function understoodEnergy(text: string): Understood | undefined {
  const read = typed(text);
  if (read instanceof ExpressionError || read.energy.length > MOST_TYPESET) return undefined;
  return { tex: `U = ${tex(read.energy)}`, dropped: read.dropped };
}

function cvSpec(domain: Domain): TextSpec {
  return text(DEFAULT_CV, MOST_CHARACTERS, {
    symbol: '\\xi',
    check: (text) => cvProblemOf(text, domain),
  });
}

const system: System = {
  coordinates: (given) => energyOf(given).coordinates,
  domain: domainOf,
  params,
  energy: (given) => energyOf(given).energy,
  cvs: cvsOf,
  facts: (given) => examinationOf(questionOf(given)).facts,
  problem: (given) => examinationOf(questionOf(given)).problem,
  start: (given) => {
    const { facts } = examinationOf(questionOf(given));
    return facts.minima[0]?.name ?? domainOf(given).map(([low, high]) => (low + high) / 2);
  },
  suggest: {
    kT: { default: 1, min: 0.1, max: 5, limits: [1e-3, 1e3] },
    'integrator.dt': { default: 0.002, min: 1e-5, max: 0.05, limits: [1e-8, 1] },
    time: { default: 50, min: 1, max: 1000 },
  },
};

export default system;
