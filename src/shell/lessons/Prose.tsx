/** Markdown of a lesson as elements: text stays text, links are experiments or pages that open elsewhere. */
import type { Tokens } from 'marked';
import { createElement, Fragment, type ReactNode, useMemo } from 'react';
import {
  type FigureToken,
  type MarkdownToken,
  markdownTokens,
  type TexToken,
} from '../../lessons/markdown.ts';
import { Tex } from '../parts/Tex.tsx';

interface ProseProps {
  readonly text: string;
  /** A figure of the run by its expression, as text. */
  readonly figure: (expression: string) => string;
}

export function Prose({ text, figure }: ProseProps) {
  const tokens = useMemo(() => markdownTokens(text), [text]);
  return <div className="prose">{elements(tokens, figure)}</div>;
}

type Figure = ProseProps['figure'];

function elements(tokens: readonly MarkdownToken[], figure: Figure): ReactNode {
  return tokens.map((token, k) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the text does not change
    <Fragment key={k}>{element(token, figure)}</Fragment>
  ));
}

const TAGS: Readonly<Record<string, string>> = {
  paragraph: 'p',
  strong: 'strong',
  em: 'em',
  blockquote: 'blockquote',
  del: 'del',
};

function element(token: MarkdownToken, figure: Figure): ReactNode {
  const inside = () => elements((token as Tokens.Generic).tokens ?? [], figure);
  if (token.type in TAGS) return createElement(TAGS[token.type], null, inside());
  switch (token.type) {
    case 'tex': {
      const { tex, display, raw } = token as TexToken;
      return display ? (
        <span className="display">
          <Tex tex={tex} plain={raw} />
        </span>
      ) : (
        <Tex tex={tex} plain={raw} />
      );
    }
    case 'figure':
      return <output>{figure((token as FigureToken).expression)}</output>;
    case 'heading':
      return <h4>{inside()}</h4>;
    case 'list':
      return listElement(token as Tokens.List, figure);
    case 'link':
      return linkElement(token as Tokens.Link, inside());
    case 'codespan':
    case 'code':
      return <code>{(token as Tokens.Code).text}</code>;
    case 'br':
      return <br />;
    case 'hr':
      return <hr />;
    case 'space':
      return null;
    case 'text':
      return (token as Tokens.Text).tokens ? inside() : (token as Tokens.Text).text;
    case 'escape':
      return (token as Tokens.Escape).text;
    default:
      // Tables, pictures and HTML are not taken: they stand as they were written.
      return (token as Tokens.Generic).raw;
  }
}

function listElement({ ordered, items }: Tokens.List, figure: Figure): ReactNode {
  const List = ordered ? 'ol' : 'ul';
  return (
    <List>
      {items.map((item, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text does not change
        <li key={k}>{elements(item.tokens, figure)}</li>
      ))}
    </List>
  );
}

/** Links within the page open experiments and lessons; of others only those of the web are taken. */
function linkElement({ href, text }: Tokens.Link, children: ReactNode): ReactNode {
  if (href.startsWith('#/')) return <a href={href}>{children}</a>;
  if (!/^https?:\/\//.test(href)) return text;
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
