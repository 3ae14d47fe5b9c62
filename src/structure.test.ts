/**
 * How the house stands: no import circle across folders, arrows between rooms as stated, members listed nowhere, no sentence
 * in the core.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCE = import.meta.dirname;

/** Rooms of `core`, each of which may import those before it. */
const CORE = [
  'numerics',
  'expression',
  'params',
  'systems',
  'dynamics',
  'estimators',
  'metrics',
  'generative',
  'exact',
  'sampling',
  'coupling',
  'coarse',
  'settings',
  'datasets',
  'protocol',
];
/** What the other rooms may import, by room. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  gpu: ['core'],
  learn: ['core'],
  lessons: ['core'],
  text: ['core', 'lessons'],
  plots: ['core', 'text'],
  'catalog.ts': ['core'],
  shell: ['core', 'text', 'plots', 'lessons', 'catalog.ts'],
  stations: ['core', 'text', 'plots', 'catalog.ts', 'shell'],
  'main.tsx': ['core', 'shell', 'stations', 'catalog.ts'],
};

type Imports = ReadonlyMap<string, ReadonlySet<string>>;

function sourceFiles(): string[] {
  return readdirSync(SOURCE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|d)\.tsx?$/.test(entry.name))
    .map((entry) => relative(SOURCE, join(entry.parentPath, entry.name)))
    .sort();
}

function importsOf(files: readonly string[]): Imports {
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(SOURCE, file), 'utf8');
      const named = [...text.matchAll(/(?:from\s+|import\s*\(?\s*)'(\.[^']+)'/g)].map(([, path]) =>
        normalize(join(dirname(file), path)),
      );
      return [file, new Set(named.filter((path) => known.has(path)))];
    }),
  );
}

/** Groups of files that import each other in a circle, by Tarjan's algorithm. */
function circlesOf(imports: Imports): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    open.push(file);
    for (const next of imports.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (open.includes(next)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(next)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return circles;
}

const acrossFolders = (circle: readonly string[]) => new Set(circle.map((file) => dirname(file))).size > 1;

/** Imports of a room that comes later, or that is none of those a room may import. */
function wrongArrows(imports: Imports): string[] {
  return [...imports].flatMap(([file, targets]) =>
    [...targets].filter((target) => !mayImport(file, target)).map((target) => `${file} -> ${target}`),
  );
}

function mayImport(file: string, target: string): boolean {
  const [from, fromRoom] = file.split('/');
  const [to, toRoom] = target.split('/');
  if (target === 'core/message.ts') return from !== 'catalog.ts';
  if (from !== to) return ARROWS[from]?.includes(to) ?? false;
  if (from === 'core') return CORE.indexOf(toRoom) <= CORE.indexOf(fromRoom) && CORE.includes(toRoom);
  return from !== 'stations' || fromRoom === toRoom;
}

/** Comments and regular expressions, which may hold anything, and strings. */
const TOKEN =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|(?<=[(,=:&|!?]\s*)\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/|(?<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)/g;
/** Four words in a row, the first of them of two letters at least. */
const SENTENCE = /\p{L}{2,}(?:,? \p{L}+){3}/u;
const SHADER_COMMENT = /\/\/[^\n]*/g;
/** What stands before references, purposes of random numbers and errors that only a wrong program throws. */
const MAY_SPEAK =
  /(?:\bcite: |new (?:RangeError|TypeError)\(|new RandomStream\(.*, |\.random\(|sampler\?\.\(.*, )\s*$/;

/**
 * Strings of a file that hold a sentence: four or more words in a row, a value that is put in counting as one. A list of words
 * that is split is none.
 */
function sentencesIn(code: string): string[] {
  return [...code.matchAll(TOKEN)].flatMap(({ index, groups }) => {
    const string = groups?.string ?? '';
    const words = string
      .slice(1, -1)
      .replace(SHADER_COMMENT, '')
      .replace(/\$\{[^}]*\}/g, 'value');
    const split = code.startsWith('.split(', index + string.length);
    return SENTENCE.test(words) && !split && !MAY_SPEAK.test(code.slice(0, index)) ? [string] : [];
  });
}

describe('the house', () => {
  const imports = importsOf(sourceFiles());

  it('has no import circle across folders', () => {
    expect(circlesOf(imports).filter(acrossFolders)).toEqual([]);
  });

  it('has no arrow but the stated ones', () => {
    expect(wrongArrows(imports)).toEqual([]);
  });

  it('would find a circle and a wrong arrow', () => {
    const wrong: Imports = new Map([
      ['core/numerics/a.ts', new Set(['core/params/b.ts'])],
      ['core/params/b.ts', new Set(['core/numerics/a.ts'])],
    ]);
    expect(circlesOf(wrong)).toEqual([['core/numerics/a.ts', 'core/params/b.ts']]);
    expect(wrongArrows(wrong)).toEqual(['core/numerics/a.ts -> core/params/b.ts']);
  });

  it('lists no member of a family outside the catalogue', () => {
    const member =
      /from '[^']+\.(system|integrator|method|schedule|generator|estimator|coupled|dataset|station)\.tsx?'/;
    const listing = sourceFiles().filter(
      (file) => file !== 'catalog.ts' && member.test(readFileSync(join(SOURCE, file), 'utf8')),
    );
    expect(listing).toEqual([]);
  });

  it('has no sentence in the core: what it tells are ids and values', () => {
    const speaking = sourceFiles()
      .filter((file) => file.startsWith('core/'))
      .flatMap((file) =>
        sentencesIn(readFileSync(join(SOURCE, file), 'utf8')).map((text) => `${file}: ${text}`),
      );
    expect(speaking).toEqual([]);
  });

  it('would hear a sentence', () => {
    expect(sentencesIn("throw new Error('The budget is too small')")).toHaveLength(1);
    expect(sentencesIn('const text = `Take all of the $'.concat('{kind} samples`;'))).toHaveLength(1);
    expect(sentencesIn("f(a ? 'exact conditional distribution here' : b)")).toHaveLength(1);
    const silent = [
      "// It's a comment of five words",
      "cite: 'Reports of the Royal Society 12, 3 (1999)',",
      "throw new RangeError('a count that is negative')",
      "'left right top bottom'.split(' ')",
      "new RandomStream(seed, 'states of the long run')",
      "energy: '3*exp(-x^2) + y^2'",
    ];
    expect(silent.flatMap(sentencesIn)).toEqual([]);
  });

  it('knows no station by name outside its folder', () => {
    const naming = /\bstation\s*(?:===|!==|:)\s*'[a-z]+'/;
    expect(naming.test("if (experiment.station === 'bias') return;")).toBe(true);
    const knowing = sourceFiles().filter(
      (file) => !/^(stations|text)\//.test(file) && naming.test(readFileSync(join(SOURCE, file), 'utf8')),
    );
    expect(knowing).toEqual([]);
  });

  it('has a page and traits in the folder of every station', () => {
    const files = new Set(sourceFiles());
    const stations = [...new Set([...files].flatMap((file) => /^stations\/([^/]+)\//.exec(file)?.[1] ?? []))];
    expect(stations).not.toEqual([]);
    for (const id of stations)
      for (const kind of ['traits.ts', 'station.tsx'])
        expect(files, id).toContain(`stations/${id}/${id}.${kind}`);
  });

  it('is described by ARCHITECTURE.md: every room, in the order of the arrows, and no file that is not there', () => {
    const text = readFileSync(join(SOURCE, '..', 'ARCHITECTURE.md'), 'utf8');
    const rooms = [...text.matchAll(/^\| `src\/core\/(\w+)` \|/gm)].map(([, room]) => room);
    expect(rooms).toEqual(CORE);
    for (const room of Object.keys(ARROWS).filter((name) => !/^(core|main)/.test(name)))
      expect(text).toContain(`| \`src/${room}\` |`);
    const paths = [...text.matchAll(/`((?:src|docs)\/[\w./-]+)`/g)].map(([, path]) => path);
    expect(paths.filter((path) => !existsSync(join(SOURCE, '..', path)))).toEqual([]);
  });
});
