/** Lesson pages: one file each, prose whose links are experiments. The folder is the registry. */

/** Plain text, or a link to an experiment. */
export type Piece = string | { readonly text: string; readonly link: string };

export interface Lesson {
  readonly id: string;
  readonly title: string;
  readonly paragraphs: readonly (readonly Piece[])[];
}

const FILE = /^---\ntitle: (.+)\n---\n([\s\S]*)$/;
const LINK = /\[([^\]]+)\]\((#[^)]+)\)/;

/** @throws Error when the page has no title */
export function readLesson(id: string, source: string): Lesson {
  const found = FILE.exec(source.replaceAll('\r\n', '\n'));
  if (!found) throw new Error(`${id}.md does not begin with its title`);
  const [, title, body] = found;
  return {
    id,
    title,
    paragraphs: body
      .trim()
      .split(/\n{2,}/)
      .map(piecesOf),
  };
}

/** Every third part is a link: its text, then its address. */
function piecesOf(paragraph: string): Piece[] {
  const parts = paragraph.replaceAll('\n', ' ').split(LINK);
  return parts.flatMap((part, i): Piece[] => {
    if (i % 3 === 1) return [{ text: part, link: parts[i + 1] }];
    return i % 3 === 0 && part !== '' ? [part] : [];
  });
}

const sources = import.meta.glob<string>('./*.md', { eager: true, query: '?raw', import: 'default' });

/** In the order of their numbers. */
export const lessons: readonly Lesson[] = Object.keys(sources)
  .sort()
  .map((path) => readLesson(path.slice('./'.length, -'.md'.length), sources[path]));
