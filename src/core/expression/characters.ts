/** Marks of other keyboards, of typesetting and of spreadsheets, as the characters that they stand for. */

/** A character that is read, and where it stands in the text that was typed. */
export interface Mark {
  readonly character: string;
  readonly at: number;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
const SUPERSCRIPT_SIGNS: Readonly<Record<string, string>> = { '⁻': '-', '⁺': '+', ⁿ: 'n' };

const FRACTIONS: Readonly<Record<string, string>> = {
  '½': '(1/2)',
  '⅓': '(1/3)',
  '⅔': '(2/3)',
  '¼': '(1/4)',
  '¾': '(3/4)',
  '⅛': '(1/8)',
};

const MARKS: Readonly<Record<string, string>> = {
  '−': '-',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '×': '*',
  '·': '*',
  '∗': '*',
  '⋅': '*',
  '∙': '*',
  '•': '*',
  '÷': '/',
  '∕': '/',
  '⁄': '/',
  ˆ: '^',
  '≤': '<=',
  '≥': '>=',
  '∈': ' in ',
  '√': ' sqrt ',
  '∣': '|',
  '′': "'",
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '\t': ' ',
};

/** Letters that people write for names; their names are those of TeX, so that they are typeset as they were typed. */
const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  ϵ: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  ϑ: 'theta',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  µ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  φ: 'phi',
  ϕ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
  Γ: 'Gamma',
  Δ: 'Delta',
  Θ: 'Theta',
  Λ: 'Lambda',
  Σ: 'Sigma',
  Φ: 'Phi',
  Ψ: 'Psi',
  Ω: 'Omega',
};
export const GREEK_NAMES: ReadonlySet<string> = new Set(Object.values(GREEK));

/** Characters without width, and marks of byte order: nobody sees them. */
const INVISIBLE = /[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u202a-\u202e]/;
const FULL_WIDTH = /[\uff01-\uff5e]/;
const FULL_WIDTH_OFFSET = 0xfee0;
const BLANK = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;

/** The text as plain characters, each with its place in the text. */
export function marksOf(text: string): Mark[] {
  const marks: Mark[] = [];
  const put = (characters: string, at: number) => {
    for (const character of characters) marks.push({ character, at });
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isRaised(character)) {
      const end = endOfRaised(text, at);
      put(`^(${[...text.slice(at, end)].map(lowered).join('')})`, at);
      at = end - 1;
    } else if (!INVISIBLE.test(character)) put(plain(character, text[at + 1] ?? ''), at);
  }
  return marks;
}

function plain(character: string, next: string): string {
  if (BLANK.test(character)) return ' ';
  if (FULL_WIDTH.test(character)) return String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_OFFSET);
  if (SUBSCRIPTS.includes(character)) return String(SUBSCRIPTS.indexOf(character));
  const fraction = FRACTIONS[character];
  if (fraction) return fraction;
  const greek = GREEK[character];
  // A letter ends the name of the one before: εx is a product.
  if (greek) return /[\p{L}]/u.test(next) ? ` ${greek} ` : greek;
  return MARKS[character] ?? character;
}

function isRaised(character: string): boolean {
  return SUPERSCRIPTS.includes(character) || character in SUPERSCRIPT_SIGNS;
}

function endOfRaised(text: string, start: number): number {
  let end = start;
  while (end < text.length && isRaised(text[end])) end++;
  return end;
}

function lowered(character: string): string {
  const digit = SUPERSCRIPTS.indexOf(character);
  return digit >= 0 ? String(digit) : SUPERSCRIPT_SIGNS[character];
}
