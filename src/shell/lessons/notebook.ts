/** What a reader predicted and found, step by step: kept in this browser, saved as a file. Nothing leaves the browser. */
import { create } from 'zustand';
import type { Answer, Score } from './scoring.ts';

export const NOTEBOOK_VERSION = 1;

/** One step of a lesson. */
export interface Entry {
  readonly lesson: string;
  readonly step: string;
  readonly answer: Answer | null;
  readonly score: Score | null;
  /** The experiment with which the check held, or with which the run ended; null before. */
  readonly link: string | null;
  /** Figures of the run by the names that the step uses. */
  readonly figures: Readonly<Record<string, number>>;
}

interface Notebook {
  readonly entries: readonly Entry[];
  readonly name: string;
  note(lesson: string, step: string, news: Partial<Entry>): void;
  setName(name: string): void;
  /** Of one lesson, to begin it anew. */
  forget(lesson: string): void;
}

const STORED = 'saddle.notebook';

interface Stored {
  readonly version: number;
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** What was kept is this browser's own, but another version of the page may have written it. */
function stored(): Pick<Notebook, 'entries' | 'name'> {
  try {
    const kept = JSON.parse(localStorage.getItem(STORED) ?? 'null') as Stored | null;
    if (kept?.version === NOTEBOOK_VERSION && Array.isArray(kept.entries))
      return { name: String(kept.name), entries: kept.entries };
  } catch {
    // Storage is forbidden or holds something else: the notebook is empty.
  }
  return { name: '', entries: [] };
}

function keep({ name, entries }: Pick<Notebook, 'entries' | 'name'>): void {
  try {
    localStorage.setItem(
      STORED,
      JSON.stringify({ version: NOTEBOOK_VERSION, name, entries } satisfies Stored),
    );
  } catch {
    // It lasts as long as the page.
  }
}

const NOTHING: Omit<Entry, 'lesson' | 'step'> = { answer: null, score: null, link: null, figures: {} };

export const useNotebook = create<Notebook>()((set, get) => ({
  ...stored(),
  note(lesson, step, news) {
    const { entries } = get();
    const isThis = (entry: Entry) => entry.lesson === lesson && entry.step === step;
    const before = entries.find(isThis) ?? { lesson, step, ...NOTHING };
    set({ entries: [...entries.filter((entry) => !isThis(entry)), { ...before, ...news }] });
  },
  setName(name) {
    set({ name });
  },
  forget(lesson) {
    set({ entries: get().entries.filter((entry) => entry.lesson !== lesson) });
  },
}));

useNotebook.subscribe(keep);

export function useEntry(lesson: string, step: string): Entry | null {
  return useNotebook(
    ({ entries }) => entries.find((entry) => entry.lesson === lesson && entry.step === step) ?? null,
  );
}

/** As a file: text that JSON holds. */
export function notebookFile({ name, entries }: Pick<Notebook, 'entries' | 'name'>): string {
  return JSON.stringify({ version: NOTEBOOK_VERSION, name, entries }, null, 2);
}
