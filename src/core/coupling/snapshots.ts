/** Snapshots of walkers, `[number * walkers + walker]`, taken apart and put together window by window. */

/** `count` walkers from `first` on of a snapshot of `walkers`. */
export function cutWalkers(
  numbers: Float64Array,
  walkers: number,
  first: number,
  count: number,
): Float64Array {
  const rows = numbers.length / walkers;
  const out = new Float64Array(rows * count);
  for (let i = 0; i < rows; i++)
    out.set(numbers.subarray(i * walkers + first, i * walkers + first + count), i * count);
  return out;
}

/** Snapshots of `each` walkers as one. */
export function mergedWalkers(parts: readonly Float64Array[], each: number): Float64Array {
  const rows = parts[0].length / each;
  const all = new Float64Array(rows * each * parts.length);
  parts.forEach((part, k) => {
    for (let i = 0; i < rows; i++)
      all.set(part.subarray(i * each, (i + 1) * each), (i * parts.length + k) * each);
  });
  return all;
}
