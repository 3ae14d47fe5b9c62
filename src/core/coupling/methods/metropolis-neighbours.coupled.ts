import { coupledMethod } from '../coupled-loop.ts';
import { neighbours } from '../models/neighbours.ts';

export default coupledMethod({
  order: 8,
  model: neighbours,
  moves: true,
});
