/** States of a file. */
import type { Dataset } from '../../settings/families.ts';
import { ownStates } from '../own.ts';

const dataset: Dataset = {
  order: 5,
  own: 'file',
  dependsOn: [],
  states: (experiment, families, own) => ownStates('file', experiment, families, own),
};

export default dataset;
