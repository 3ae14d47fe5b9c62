/** Loss of a network that answers zero, whatever the data: the factors of the loss have mean 1. */
const LOSS_OF_ZERO = 1;
/** Steps that are waited for, and the last ones that are looked at. */
const PATIENCE = 400;
const RECENT = 200;
const ERRORS = 3;

/**
 * Whether training has learned nothing: the mean loss of the last steps is, within three standard errors, not below that
 * of a network that answers zero. For Gaussian data that network is right, and no other loss can be had.
 * @param losses of all steps so far
 */
export function stalled(losses: Float32Array): boolean {
  if (losses.length < PATIENCE) return false;
  const recent = losses.subarray(losses.length - RECENT);
  const mean = recent.reduce((a, b) => a + b, 0) / RECENT;
  const variance = recent.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / (RECENT - 1);
  return mean > LOSS_OF_ZERO - ERRORS * Math.sqrt(variance / RECENT);
}
