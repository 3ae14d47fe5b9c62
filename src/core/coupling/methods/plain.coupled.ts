import { coupledMethod } from '../coupled-loop.ts';
import { network } from '../models/network.ts';

export default coupledMethod({
  order: 6,
  model: network,
  moves: false,
});
