import { coupledMethod } from '../coupled-loop.ts';
import { bad } from '../models/bad.ts';

export default coupledMethod({ order: 10, model: bad, moves: true });
