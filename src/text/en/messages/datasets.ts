import type { DatasetMessages, FieldFault, Unit } from '../../../core/datasets/messages.ts';
import { counted, listed, percent, plural, wholeNumber } from '../../format.ts';
import type { Words } from '../../language.ts';
import { titleIn } from '../members.ts';

const faults: Readonly<Record<FieldFault, (field: string) => string>> = {
  missing: () => 'a number is missing',
  'not-finite': (field) => `“${field}” is not a finite number`,
  'decimal-signs': (field) => `“${field}” has more than one decimal sign`,
  'too-large': (field) => `“${field}” is too large`,
  'not-a-number': (field) => `“${field}” is not a number`,
  'negative-weight': (field) => `the weight ${field} is negative`,
};

const placed = (unit: Unit, line: number) => `${unit === 'line' ? 'Line' : 'Row'} ${line}`;

export const datasets: Words<DatasetMessages> = {
  'file-empty': () => 'The file is empty: it contains no numbers.',
  'file-too-large': ({ bytes, most }) =>
    `The file has ${(bytes / 2 ** 30).toFixed(1)} GB; the largest size is ${most / 2 ** 30} GB. Keep only every tenth line, for example.`,
  'file-few-states': ({ states, needed }) =>
    `The file has ${plural(states, 'state')}; at least ${needed} are needed.`,
  'file-columns-differ': ({ unit, line, column, here, before }) =>
    `${placed(unit, line)}, column ${column}: this ${unit} has ${plural(here, 'column')}, the others have ${before}.`,
  'file-bad-number': ({ unit, line, column, field, coordinate, fault }) =>
    `${placed(unit, line)}, column ${column} (${coordinate ?? 'weight'}): ${faults[fault](field)}.`,
  'file-few-columns': ({ unit, line, column, columns, names }) =>
    `${placed(unit, line)}, column ${column}: there ${columns === 1 ? 'is' : 'are'} ${plural(columns, 'column')}, but ${names.length} ${names.length === 1 ? 'is' : 'are'} needed (${listed(names)}), separated by commas, semicolons, tabs or blanks.`,
  'file-long-line': ({ line, most }) =>
    `Line ${line} has more than ${wholeNumber(most)} characters. Is this a table of numbers?`,
  'file-binary': ({ line }) =>
    `Line ${line}: this is not text. Save the states as text (CSV, for example), not in a binary format.`,
  'file-deep': ({ line }) => `Line ${line}: there are too many brackets within brackets.`,
  'file-long-columns': ({ most }) =>
    `The file has more than ${counted(most)} numbers column after column, too many to be kept. Write it row by row, one state in each line.`,
  'file-no-weight': () => 'All weights of the states are 0.',

  'file-column-twice': ({ name }) => `More than one column can be ${name}.`,
  'file-other-names': ({ columns, names }) =>
    `The columns are named ${listed(columns)}; the coordinates of this system are ${listed(names)}.`,
  'file-unnamed-columns': ({ columns, names }) =>
    `The file has ${plural(columns, 'column')} without names; the coordinates of this system are ${listed(names)}.`,
  'file-rising-column': ({ column }) =>
    `Column ${column} rises from row to row, as time does, and the columns have no names.`,
  'file-weights': ({ column }) => `Column ${column} may hold weights of the states.`,
  'file-bad-rows': ({ rows, of, first }, say) =>
    `${wholeNumber(rows)} of ${wholeNumber(of)} rows ${rows === 1 ? 'is no state' : 'are no states'}. ${say(first)}`,

  'file-time-column': ({ names }) =>
    `The first column counts rows or time and is left out; the next ${names.length === 1 ? 'one is' : `${names.length} are`} used as ${listed(names)}.`,
  'file-chosen-columns': ({ columns, names }) =>
    `${listed(columns.map((column, d) => `${names[d]} is ${typeof column === 'number' ? `column ${column}` : column}`))}, as chosen.`,
  'file-cut-line': ({ line }) => `The file ends in the middle of line ${line}, which is left out.`,
  'file-rows-left-out': ({ rows }) =>
    `${plural(rows, 'row')} without these numbers ${rows === 1 ? 'is' : 'are'} left out.`,
  'file-sample': ({ kept, rows }) =>
    `A random sample of ${wholeNumber(kept)} of the ${wholeNumber(rows)} states is used.`,
  'file-elided': () =>
    'Rows are missing: the printout has dots (...) in their place. Write all of them, for example with numpy.savetxt.',
  'file-hills': () =>
    'These are centres of metadynamics hills: states of a biased run, which a model learns as they are.',
  'file-bias': ({ column }) =>
    `The states are used as they are: column ${column} is not used to remove a bias. Give weights in a column named weight.`,
  'file-weighted': ({ column, states, different }) =>
    `${wholeNumber(states)} states were drawn with the weights of ${typeof column === 'number' ? `column ${column}` : column}; ${wholeNumber(different)} of them are different.`,

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
