/** How the letters of a file are written in bytes. */

/** Bytes that are looked at. */
const SEEN = 4096;

/** By the mark that programs of Windows put in front of text of sixteen bits a letter, or by the zeros between its digits. */
export function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const pairs = Math.floor(Math.min(bytes.length, SEEN) / 2);
  const zeros = [0, 0];
  for (let i = 0; i < 2 * pairs; i++) if (bytes[i] === 0) zeros[i % 2]++;
  // Digits, signs and blanks have one zero each: a binary file has some in both places, or few.
  if (pairs > 0 && zeros[1] > 0.9 * pairs && zeros[0] === 0) return 'utf-16le';
  return pairs > 0 && zeros[0] > 0.9 * pairs && zeros[1] === 0 ? 'utf-16be' : 'utf-8';
}
