/**
 * States of many walkers stand in one array in either of two orders: by rows, state after state (`rows[walker * dimension + d]`),
 * as files and figures have them, or by columns, coordinate after coordinate (`columns[d * count + walker]`), as engines do.
 */

/** By columns -> by rows, in single precision. */
export function rowsOf(columns: ArrayLike<number>, count: number): Float32Array {
  const dimension = columns.length / count;
  return Float32Array.from(
    { length: columns.length },
    (_, i) => columns[(i % dimension) * count + Math.floor(i / dimension)],
  );
}

/** By rows -> by columns. */
export function columnsOf(rows: ArrayLike<number>, dimension: number): Float64Array {
  const count = rows.length / dimension;
  return Float64Array.from(
    { length: rows.length },
    (_, i) => rows[(i % count) * dimension + Math.floor(i / count)],
  );
}

/** These rows of states that stand by rows. */
export function takeRows(
  rows: ArrayLike<number>,
  dimension: number,
  chosen: ArrayLike<number>,
): Float32Array {
  return Float32Array.from(
    { length: chosen.length * dimension },
    (_, i) => rows[chosen[Math.floor(i / dimension)] * dimension + (i % dimension)],
  );
}
