import type { LessonMessages, Wanted } from '../../../lessons/messages.ts';
import type { Words } from '../../language.ts';

const WANTED: Readonly<Record<Wanted, string>> = {
  text: 'a text',
  number: 'a number',
  texts: 'a list of texts',
  range: 'two numbers, [from, to]',
  keys: 'keys with values',
  list: 'a list, each with keys and values',
  option: 'one of two options or more, word for word',
  'three-items': 'three items or more, in the right order',
  kind: 'choice, number, order or curve',
};

export const lessonMessages: Words<LessonMessages> = {
  'lesson-too-long': ({ most }) => `A lesson has at most ${most.toLocaleString('en')} characters.`,
  'lesson-without-front': () => 'The file must begin with front matter between two lines of three hyphens.',
  'lesson-without-step': () => 'A lesson needs at least one step: a heading of the second level (##).',
  'lesson-yaml': ({ reason }) => `This is not valid YAML: ${reason}`,
  'lesson-key-unknown': ({ key }) => `“${key}” is not a key here.`,
  'lesson-key-missing': ({ key }) => `The key “${key}” is missing.`,
  'lesson-key-wrong': ({ key, wanted }) => `The value of “${key}” must be ${WANTED[wanted]}.`,
  'step-without-block': () => 'A step needs a block ```step that names its experiment.',
  'step-with-two-blocks': () => 'A step has only one block ```step.',
  'step-without-wrong-state': () => 'A check needs “wrong”: changes of the experiment with which it fails.',
  'expression-unreadable': ({ text, at }) => `“${text}” cannot be read at “${at}”.`,
  'expression-without-function': ({ text, name }) => `“${name}” in “${text}” is not a function.`,
  'lesson-not-before': ({ id }) => `There is no lesson “${id}” before this one.`,
  'lesson-setting': ({ key, value, problem }, say) => `${key}=${value}: ${say(problem)}`,
  'lesson-setting-unknown': ({ key }) => `“${key}” is not a setting of the experiment.`,
  'lesson-result-unknown': ({ name }) => `“${name}” is not a key of the results.`,
};
