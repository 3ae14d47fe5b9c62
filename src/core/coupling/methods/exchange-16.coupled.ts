import { windowedMethod } from '../windowed-run.ts';

export default windowedMethod({
  order: 5,
  walkers: 16,
  start: 'dragged',
  exchanges: true,
});
