import { windowedMethod } from '../windowed-run.ts';

export default windowedMethod({
  order: 1,
  walkers: 16,
  start: null,
  exchanges: false,
});
