/** States drawn by hand. */
import type { Dataset } from '../../settings/families.ts';
import { ownStates } from '../own.ts';

const dataset: Dataset = {
  order: 6,
  own: 'drawn',
  dependsOn: [],
  states: (experiment, families, own) => ownStates('drawn', experiment, families, own),
};

export default dataset;
