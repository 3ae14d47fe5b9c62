import type { Points } from '../channels.ts';
import type { Setting } from '../model.ts';

/** Slow variable of each state. */
export function cvOfStates({ dimension, values }: Points, { model, cv }: Setting): Float32Array {
  const program = model.observable(cv.value);
  return Float32Array.from(
    { length: values.length / dimension },
    (_, i) => program.at([...values.subarray(i * dimension, (i + 1) * dimension)])[0],
  );
}
