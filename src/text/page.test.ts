/** Sentences live here and nowhere else on the page. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '..');
const ROOMS = ['shell', 'stations', 'plots'];
/** A literal of so many words is a sentence or a label. */
const MOST_WORDS = 3;
/** What is read by machines. */
const ATTRIBUTES = ['className', 'd', 'style', 'viewBox', 'accept'];
/** Selectors of styles and names of fonts. */
const CODE = /^(linear-gradient|calc)\(|\[(role|type|class)|sans-serif/;
const WORD = /(?<!\S)[^\s:.]*\p{L}{2,}\S*/gu;

interface Node {
  readonly type?: string;
  readonly [key: string]: unknown;
}

/** Texts of literals, templates and elements, without those that only machines read. */
function textsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(textsOf);
  if (typeof node !== 'object' || node === null) return [];
  const { type, ...parts } = node as Node;
  if (type === 'ImportDeclaration' || type === 'TSLiteralType' || type === 'ImportExpression') return [];
  if (type === 'JSXAttribute' && ATTRIBUTES.includes((node as { name: { name: string } }).name.name))
    return [];
  // What is written for developers: errors that no person can cause, and the console.
  if (type === 'ThrowStatement' || /^console\b/.test(calleeOf(node as Node))) return [];
  const own =
    type === 'Literal' || type === 'JSXText'
      ? [parts.value]
      : type === 'TemplateLiteral'
        ? [(parts.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join(' ')]
        : [];
  return [...own.filter((value) => typeof value === 'string'), ...Object.values(parts).flatMap(textsOf)];
}

function calleeOf({ type, callee }: Node): string {
  const object = (callee as { object?: { name?: string } } | undefined)?.object;
  return type === 'CallExpression' ? (object?.name ?? '') : '';
}

function sentencesIn(code: string): string[] {
  return textsOf(parseAst(code, { lang: 'tsx' }).body).filter(
    (text) => !CODE.test(text) && (text.match(WORD) ?? []).length > MOST_WORDS,
  );
}

describe('the words of the page', () => {
  it('are all in src/text: no literal of four or more words elsewhere', () => {
    const found = ROOMS.flatMap((room) =>
      readdirSync(join(SOURCE, room), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file) && !/\.(test|fixture|d)\.tsx?$/.test(file))
        .flatMap((file) =>
          sentencesIn(readFileSync(join(SOURCE, room, file), 'utf8')).map(
            (text) => `${room}/${file}: ${text}`,
          ),
        ),
    );
    expect(found).toEqual([]);
  });

  it('would be found', () => {
    expect(sentencesIn('const a = <p title="One two three four">{x} and so much more</p>;')).toHaveLength(2);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code that is read
    expect(sentencesIn('const b = `There are ${n} states of ${m}`;')).toHaveLength(1);
    expect(sentencesIn('const c = <i className="one two three four five" />;')).toEqual([]);
  });
});
