import { text } from '../../text/index.ts';
/** Is the network wrong, or the generator? */

/** Jensen-Shannon divergences of samples by either denoiser, and of as many exact states; null where they are not known. */
export interface Compared {
  readonly network: number | null;
  readonly exact: number | null;
  readonly floor: number | null;
}

/** A divergence above so many floors is no matter of chance. */
const ABOVE = 1.4;
const words = text.learn.denoiser;

export function denoiserVerdict({ network, exact, floor }: Compared): string {
  if (network === null && exact === null) return words.exactAvailable;
  if (exact === null) return words.tryExact;
  if (floor !== null && exact > ABOVE * floor) return words.generatorWrong;
  if (network === null) return words.generatorRight;
  return floor !== null && network > ABOVE * floor ? words.networkWrong : words.bothRight;
}
