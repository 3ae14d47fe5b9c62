/** The log-likelihood that MBAR maximises, and its derivatives; energies in kT. */

/** Below exp(-45) of the largest term nothing changes a double. */
const NEGLIGIBLE = -45;

/**
 * For a row of energies, the chance p_k = N_k W_nk that its sample came from window k: writes those that matter to `p`
 * and their windows, ascending, to `present`; returns their number and the log of the denominator.
 */
export function claims(offsets: Float64Array, { reduced }: MbarProblem) {
  const states = offsets.length;
  const p = new Float64Array(states);
  const present = new Int32Array(states);
  const of = (row: number): { count: number; logSum: number } => {
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < states; k++) {
      p[k] = offsets[k] - reduced[row * states + k];
      if (p[k] > largest) largest = p[k];
    }
    let sum = 0;
    let count = 0;
    for (let k = 0; k < states; k++) {
      if (!(p[k] - largest > NEGLIGIBLE)) continue;
      p[k] = Math.exp(p[k] - largest);
      sum += p[k];
      present[count++] = k;
    }
    for (let a = 0; a < count; a++) p[present[a]] /= sum;
    return { count, logSum: largest + Math.log(sum) };
  };
  return { p, present, of };
}

/** f_k + log N_k; states without samples claim none. */
export function offsetsOf(f: Float64Array, sizes: ArrayLike<number>): Float64Array {
  return f.map((value, k) => (sizes[k] > 0 ? value + Math.log(sizes[k]) : Number.NEGATIVE_INFINITY));
}

export interface Likelihood {
  readonly value: number;
  readonly sizes: Float64Array;
  readonly claimed: Float64Array;
  readonly information: Float64Array;
  readonly logDenominator: Float64Array;
}

/** Log-likelihood at f, its derivatives and the denominators, from every `stride`-th row of each window. */
export function likelihood(
  problem: MbarProblem,
  starts: Float64Array,
  f: Float64Array,
  stride: number,
): Likelihood {
  const states = f.length;
  const sizes = Float64Array.from(problem.windowSizes, (size, k) =>
    stride === 1 ? size : Math.ceil((starts[k + 1] - starts[k]) / stride),
  );
  const { p, present, of } = claims(offsetsOf(f, sizes), problem);
  const logDenominator = new Float64Array(starts[states]);
  const claimed = new Float64Array(states);
  const information = new Float64Array(states * states);
  let value = sizes.reduce((sum, size, k) => sum + size * f[k], 0);
  for (let window = 0; window < states; window++) {
    for (let n = starts[window]; n < starts[window + 1]; n += stride) {
      const { count, logSum } = of(n);
      logDenominator[n] = logSum;
      const weight = problem.multiplicity?.[n] ?? 1;
      value -= weight * logSum;
      for (let a = 0; a < count; a++) {
        const share = weight * p[present[a]];
        claimed[present[a]] += share;
        for (let b = 0; b < a; b++) information[present[a] * states + present[b]] -= share * p[present[b]];
      }
    }
  }
  // Rows of the Hessian add up to zero: the diagonal made from the others suffers no cancellation.
  for (let i = 0; i < states; i++) {
    for (let j = 0; j < i; j++) {
      const entry = information[i * states + j];
      information[j * states + i] = entry;
      information[i * states + i] -= entry;
      information[j * states + j] -= entry;
    }
  }
  return { value, sizes, claimed, information, logDenominator };
}

/** Samples of K states, window after window. */
export interface MbarProblem {
  /** `reduced[n * K + k]`: energy of sample n in state k, in kT; `Infinity` where state k cannot be. */
  readonly reduced: Float64Array;
  /** Samples of each state in the order of the rows; 0 for states that are to be predicted. */
  readonly windowSizes: ArrayLike<number>;
  /** How many samples each row stands for (binned samples); one each if absent. */
  readonly multiplicity?: Float64Array;
  /** Correlated samples per independent one, for each state; 1 if absent. Enters errors only. */
  readonly statisticalInefficiency?: ArrayLike<number>;
}
