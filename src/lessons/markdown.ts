/** Markdown of lessons as tokens: no HTML comes of it. TeX stands between dollar signs, figures of a run between double braces. */
import { Marked, type Token, type Tokens } from 'marked';

export interface TexToken {
  readonly type: 'tex';
  readonly raw: string;
  readonly tex: string;
  readonly display: boolean;
}

export interface FigureToken {
  readonly type: 'figure';
  readonly raw: string;
  readonly expression: string;
}

export type MarkdownToken = Token | TexToken | FigureToken;

const TEX = /^\$\$([\s\S]+?)\$\$|^\$((?:[^$\\\n]|\\.)+?)\$/;
const FIGURE = /^\{\{([^{}]+)\}\}/;

const markdown = new Marked({
  gfm: true,
  extensions: [
    {
      name: 'tex',
      level: 'inline',
      start: (text) => text.indexOf('$'),
      tokenizer: (text) => {
        const found = TEX.exec(text);
        if (!found) return undefined;
        const [raw, display, inline] = found;
        return { type: 'tex', raw, tex: (display ?? inline).trim(), display: display !== undefined };
      },
    },
    {
      name: 'figure',
      level: 'inline',
      start: (text) => text.indexOf('{{'),
      tokenizer: (text) => {
        const found = FIGURE.exec(text);
        return found ? { type: 'figure', raw: found[0], expression: found[1].trim() } : undefined;
      },
    },
  ],
});

export function markdownTokens(text: string): readonly MarkdownToken[] {
  return markdown.lexer(text);
}

/** Expressions between double braces, in their order. */
export function figuresOf(text: string): string[] {
  const inside = (tokens: readonly MarkdownToken[]): string[] =>
    tokens.flatMap((token) => {
      if (token.type === 'figure') return [(token as FigureToken).expression];
      const { tokens: inner = [] } = token as Tokens.Generic;
      const items: MarkdownToken[] = token.type === 'list' ? (token as Tokens.List).items : [];
      return [...inside(inner), ...inside(items)];
    });
  return inside(markdownTokens(text));
}
