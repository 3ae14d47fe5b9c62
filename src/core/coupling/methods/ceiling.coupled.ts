import { windowedMethod } from '../windowed-run.ts';

export default windowedMethod({
  order: 11,
  walkers: 16,
  start: 'exact',
  exchanges: false,
});
