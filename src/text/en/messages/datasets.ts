import type { DatasetMessages, FieldFault } from '../../../core/datasets/messages.ts';
import { listed, percent, plural, wholeNumber } from '../../format.ts';
import type { Words } from '../../language.ts';
import { titleIn } from '../members.ts';

const faults: Readonly<Record<FieldFault, (field: string) => string>> = {
  missing: () => 'a number is missing',
  'not-finite': (field) => `“${field}” is not a finite number`,
  'decimal-signs': (field) => `“${field}” has more than one decimal sign`,
  'too-large': (field) => `“${field}” is too large`,
  'not-a-number': (field) => `“${field}” is not a number`,
};

export const datasets: Words<DatasetMessages> = {
  'csv-empty': () => 'The file is empty: it contains no numbers.',
  'csv-too-large': ({ bytes, most }) =>
    `The file has ${(bytes / 2 ** 30).toFixed(1)} GB; the largest size is ${most / 2 ** 30} GB. Keep only every tenth line, for example.`,
  'csv-few-states': ({ states, needed }) =>
    `The file has ${plural(states, 'state')}; at least ${needed} are needed.`,
  'csv-columns-differ': ({ line, column, here, before }) =>
    `Line ${line}, column ${column}: this line has ${plural(here, 'column')}, the lines before have ${before}.`,
  'csv-bad-number': ({ line, column, field, coordinate, fault }) =>
    `Line ${line}, column ${column} (${coordinate}): ${faults[fault](field)}.`,
  'csv-no-column': ({ line, name }) => `Line ${line}: there is no column named ${name}.`,
  'csv-column-twice': ({ line, column, name }) =>
    `Line ${line}, column ${column}: there are two columns named ${name}.`,
  'csv-few-columns': ({ line, column, columns, names }) =>
    `Line ${line}, column ${column}: there ${columns === 1 ? 'is' : 'are'} ${plural(columns, 'column')}, but ${names.length} ${names.length === 1 ? 'is' : 'are'} needed (${listed(names)}), separated by commas, semicolons or tabs.`,
  'csv-long-line': ({ line, most }) =>
    `Line ${line} has more than ${wholeNumber(most)} characters. Is this a CSV file?`,
  'csv-binary': ({ line }) =>
    `Line ${line}: this is not text. Save the states as CSV (UTF-8), not in a binary format.`,
  'csv-unknown-columns': ({ line, columns, names }) =>
    `Line ${line}: the columns are named ${listed(columns)}; none is named ${names.join(' or ')}. Rename the columns of the coordinates.`,
  'csv-time-column': ({ names }) =>
    `The first column counts rows or time and is left out; the next ${names.length === 1 ? 'one is' : `${names.length} are`} used as ${listed(names)}.`,
  'csv-cut-line': ({ line }) => `The file ends in the middle of line ${line}, which is left out.`,
  'csv-first-columns': ({ columns, names }) =>
    `The file has ${plural(columns, 'column')}; the first ${names.length === 1 ? 'one is' : `${names.length} are`} used as ${listed(names)}.`,
  'csv-sample': ({ kept, rows }) =>
    `A random sample of ${wholeNumber(kept)} of the ${wholeNumber(rows)} states is used.`,

  'own-data-missing': ({ data }) =>
    data === 'file'
      ? 'The training data come from a file of yours. Files stay in the page in which they were opened and are not saved in links. Choose the file again.'
      : 'The training data were drawn by hand. Drawn points stay in the page in which they were drawn and are not saved in links. Draw points again.',
  'own-data-few': ({ data, states, needed }) =>
    `There ${states === 1 ? 'is' : 'are'} only ${plural(states, 'state')}; training needs at least ${needed}. ${
      data === 'drawn' ? 'Draw more points.' : 'Choose a longer file.'
    }`,
  'own-data-incomplete': ({ dimension }) => `Every state needs ${plural(dimension, 'number')}.`,
  'own-data-not-finite': ({ state }) => `State ${state} contains a value that is not a finite number.`,
  'biased-run-without-weights': ({ method, warnings }, say) =>
    `The run in Bias (${titleIn('method', method)}) provides no training data. ${
      warnings.length > 0 ? warnings.map(say).join(' ') : 'Increase the budget or choose another method.'
    }`,
  'biased-states': ({ method, states, different, weighted }) =>
    `${titleIn('method', method)}: ${wholeNumber(different)} different states were drawn from ${wholeNumber(states)}${weighted ? ' according to their weights' : ''}.`,
  'wells-missed': ({ wells, of, share }) =>
    `${
      wells.length === of
        ? 'None of the states is in a well'
        : `None of the states is in the ${wells.length === 1 ? 'well' : 'wells'} “${listed(wells)}”`
    }, which ${of === 1 || (wells.length < of && wells.length === 1) ? 'has' : 'have'} ${percent(share)} of the equilibrium probability. No model can learn this from these data.`,
  'well-rare': ({ name, data, exact }) =>
    `The well “${name}” has ${percent(data)} of the states but ${percent(exact)} of the equilibrium probability. The model will learn the former.`,
};
