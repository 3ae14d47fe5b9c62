import { families } from './src/catalog.ts';
import { Lab } from './src/core/lab.ts';
import { parseQuery } from './src/core/query.ts';
import { exactLift } from './src/core/coarse/lifts.ts';
const { experiment } = parseQuery(`station=close&${process.argv[2]}`, families);
const lab = new Lab(families, experiment);
let t = performance.now();
const lift = exactLift(lab)!;
console.log('make', performance.now() - t, lab.model.dimension);
for (const [z, n] of [[0.1, 10], [0.1, 200], [0.3, 200]] as const) { t = performance.now(); lift.lift(z, n, lab.random('a')); console.log(z, n, performance.now() - t); }
