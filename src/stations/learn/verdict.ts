/** Is the network wrong, or the sampler? */

/** Jensen-Shannon divergences of samples by either denoiser, and of as many exact states; null where they are not known. */
export interface Compared {
  readonly network: number | null;
  readonly exact: number | null;
  readonly floor: number | null;
}

/** A divergence above so many floors is no matter of chance. */
const ABOVE = 1.4;

export function denoiserVerdict({ network, exact, floor }: Compared): string {
  if (network === null && exact === null)
    return 'With the exact one no network is needed, and what is still wrong is the fault of the sampler.';
  if (exact === null) return 'Is the network wrong, or the sampler? Try the exact denoiser in its place.';
  const samplerWrong = floor !== null && exact > ABOVE * floor;
  if (samplerWrong)
    return 'The sampler is wrong: even the exact denoiser misses the density. Give it more steps.';
  if (network === null) return 'The sampler is right: with the exact denoiser only chance is left.';
  return floor !== null && network > ABOVE * floor
    ? 'The network is wrong: with the exact denoiser the same sampler finds the density.'
    : 'Neither is wrong: both denoisers give what exact states would, up to chance.';
}
