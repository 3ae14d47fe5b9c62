import { windowedMethod } from '../windowed-run.ts';

export default windowedMethod({
  order: 4,
  walkers: 1,
  start: 'dragged',
  exchanges: true,
});
