/** What is wrong with what a person typed, or with a link. */
import type { CouplingMethodMessages } from '../../../core/coupling/contract.ts';
import type { ExpressionMessages } from '../../../core/expression/parse.ts';
import type { ValueMessages } from '../../../core/params/params.ts';
import type { LinkMessages } from '../../../core/settings/query.ts';
import type { ExaminationMessages } from '../../../core/systems/examination.ts';
import type { PlaceMessages } from '../../../core/systems/place.ts';
import type { SurveyMessages } from '../../../core/systems/survey.ts';
import type { TypedMessages } from '../../../core/systems/typed.ts';
import { plural, short } from '../../format.ts';
import type { Words } from '../../language.ts';

const character = (at: number) => `at character ${at}`;
const expressions: Words<ExpressionMessages> = {
  'expression-empty': () => 'The expression is empty.',
  'expression-too-long': ({ length, most }) =>
    `The expression has ${length} characters; at most ${most} are allowed.`,
  'expression-too-deep': ({ most }) => `The expression is nested more than ${most} levels deep.`,
  'expression-too-large': ({ most }) => `The expression needs more than ${most} operations.`,
  'expression-unexpected': ({ found, at }) => `Unexpected “${found}” ${character(at)}.`,
  'expression-operand-missing': ({ found, at }) =>
    found
      ? `A number, a name or a bracket is missing after “${found}” ${character(at)}.`
      : `A number, a name or a bracket is missing ${character(at)}.`,
  'expression-unclosed': ({ bracket, at }) => `The bracket “${bracket}” ${character(at)} is not closed.`,
  'expression-decimal-comma': ({ written, mended, at }) =>
    `“${written}” ${character(at)} has a decimal comma. Write ${mended}.`,
  'expression-not-number': ({ text, at }) => `“${text}” ${character(at)} is too large for a number.`,
  'expression-unknown-function': ({ name, at, functions }) =>
    `“${name}” ${character(at)} is not a function. The functions are ${functions.join(', ')}.`,
  'expression-arguments': ({ name, at, wanted }) =>
    `The function ${name} ${character(at)} takes ${wanted === '1' ? 'one argument' : `${wanted.replace('+', ' or more')} arguments`}.`,
  'expression-unknown-name': ({ name, at, known }) =>
    `“${name}” ${character(at)} is unknown. The known names are ${known.join(', ')}.`,
};

const typedEnergies: Words<TypedMessages> = {
  'typed-energy-empty': () => 'The energy is empty.',
  'parameter-name-taken': ({ name, at }) =>
    `“${name}” ${character(at)} cannot be a parameter: the name already has a meaning.`,
  'parameter-declared-twice': ({ name, at }) => `“${name}” ${character(at)} is declared twice.`,
  'parameter-circular': ({ name, at }) => `“${name}” ${character(at)} is defined by itself.`,
  'energy-too-long': ({ most }) =>
    `With all definitions in place the energy has more than ${most} characters.`,
  'too-many-parameters': ({ count, most }) =>
    `${count} parameters are declared; at most ${most} are allowed.`,
  'not-a-declaration': ({ text, at }) =>
    `“${text}” ${character(at)} is not the declaration of a parameter. Write, for example, a = 0.5 in [0, 1].`,
  'parameter-too-large': ({ name, at, most }) =>
    `A number in the declaration of “${name}” ${character(at)} is larger than ${short(most)}.`,
  'parameter-outside-range': ({ name, at }) =>
    `“${name}” ${character(at)} needs a value inside its range [low, high].`,
};

const surveys: Words<SurveyMessages> = {
  'not-finite-at': ({ what, at }) => `The ${SURVEYED[what]} is not a finite number at ${pointAt(at)}.`,
  'pole-near': ({ what, at }) => `The ${SURVEYED[what]} has a pole near ${pointAt(at)}.`,
  'no-minimum': () => 'The energy has no minimum inside the plotted range.',
  'does-not-rise': () =>
    'The energy does not rise far away, so walkers escape and the density cannot be normalised.',
};

const examinations: Words<ExaminationMessages> = {
  'too-costly-to-examine': ({ most }) =>
    `The expression is too long to be examined: its minima and passes are not found within ${short(most)} operations.`,
  'cv-constant': () =>
    'The collective variable is constant in the plotted range, or nearly: nothing can be seen along it.',
  'cv-out-of-scale': ({ spread, least, most }) =>
    `The values of the collective variable differ by ${short(spread)} in the plotted range; they should by ${short(least)} to ${short(most)}. Multiply it by a number.`,
};

const SURVEYED = { energy: 'energy', cv: 'collective variable' };

function pointAt(at: readonly number[]): string {
  return at.map((value, d) => `${'xy'[d]} = ${short(value)}`).join(', ');
}

const places: Words<PlaceMessages> = {
  'unknown-place': ({ names, coordinates }) => {
    const numbers = coordinates === 1 ? 'a number' : `${coordinates} numbers separated by commas`;
    return `A place is given by ${[...names, numbers].join(' or ')}.`;
  },
};

/** Continuations of `key=value`. */
const values: Words<ValueMessages> = {
  'not-a-number': ({ used }) => `is not a number; ${used} is used`,
  'not-positive': ({ used }) => `must be greater than 0; ${used} is used`,
  'out-of-range': ({ low, high, used }) => `is outside the range ${low} to ${high}; ${used} is used`,
  'not-whole': ({ used }) => `must be a whole number; ${used} is used`,
  'unknown-option': ({ options, used }) => `is not one of ${options.join(', ')}; ${used} is used`,
  'not-a-switch': ({ used }) => `must be 0 or 1; ${used} is used`,
  'not-numbers': ({ used }) =>
    `must be numbers separated by commas; ${used === null ? 'the automatic value' : used} is used`,
  'too-many-numbers': ({ most }) => `has more than ${plural(most, 'number')}; the rest is ignored`,
  'text-too-long': ({ length, most }) => `The text has ${length} characters; at most ${most} are allowed.`,
  'default-used': ({ problem }, say) => `cannot be used. ${say(problem)} The default is used.`,
};

const links: Words<LinkMessages> = {
  'link-too-long': ({ length, most }) =>
    `has ${length} characters, more than the ${most} that are read; all settings have their defaults`,
  'repeated-key': () => 'appears twice; the last value is used',
  'unknown-version': ({ used }) => `is an unknown link version; the link is read as version ${used}`,
  'not-a-parameter': ({ member }) => `is not a parameter of ${member}; it is ignored`,
  'not-a-setting': () => 'is not a setting; it is ignored',
  'more-notices': ({ count }) => `has ${count} more settings that could not be used`,
};

const methods: Words<CouplingMethodMessages> = {
  'unknown-method': ({ name, known }) =>
    `${name ? `“${name}” is not a method` : 'The name of a method is missing'}. The methods are ${known.join(', ')}.`,
};

export const typedInput = {
  ...expressions,
  ...typedEnergies,
  ...surveys,
  ...examinations,
  ...places,
  ...values,
  ...links,
  ...methods,
};
