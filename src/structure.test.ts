/** How the house stands: no import circle across folders, arrows between rooms as stated, members listed nowhere. */
import { readdirSync, readFileSync } from 'node:fs';
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
  text: ['core'],
  plots: ['core', 'text'],
  'catalog.ts': ['core'],
  shell: ['core', 'text', 'plots', 'catalog.ts'],
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
    const member = /from '[^']+\.(system|integrator|method|schedule|generator|estimator|station)\.tsx?'/;
    const listing = sourceFiles().filter(
      (file) => file !== 'catalog.ts' && member.test(readFileSync(join(SOURCE, file), 'utf8')),
    );
    expect(listing).toEqual([]);
  });
});
