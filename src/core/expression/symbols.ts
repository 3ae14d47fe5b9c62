const LOWERED = '₀₁₂₃₄₅₆₇₈₉';

/** Text with its numbered names as people write them: y1 is y₁, phi2 is φ₂. */
export function inSymbols(text: string): string {
  return text.replace(
    /\b(phi|[a-z])(\d+)\b/gi,
    (_, letters: string, index: string) =>
      (letters === 'phi' ? 'φ' : letters) + index.replace(/\d/g, (digit) => LOWERED[Number(digit)]),
  );
}
