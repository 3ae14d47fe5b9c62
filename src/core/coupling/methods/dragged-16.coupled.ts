import { windowedMethod } from '../windowed-run.ts';

export default windowedMethod({
  order: 3,
  walkers: 16,
  start: 'dragged',
  exchanges: false,
});
