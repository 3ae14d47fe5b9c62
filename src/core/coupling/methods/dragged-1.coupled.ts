import { windowedMethod } from '../windowed-run.ts';

export default windowedMethod({
  order: 2,
  walkers: 1,
  start: 'dragged',
  exchanges: false,
});
