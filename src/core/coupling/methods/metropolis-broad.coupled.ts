import { coupledMethod } from '../coupled-loop.ts';
import { broad } from '../models/broad.ts';

export default coupledMethod({
  order: 9,
  model: broad,
  moves: true,
});
