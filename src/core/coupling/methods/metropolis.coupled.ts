import { coupledMethod } from '../coupled-loop.ts';
import { network } from '../models/network.ts';

export default coupledMethod({ order: 7, model: network, moves: true });
