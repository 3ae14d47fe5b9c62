/** The one store of the page: the experiment, what was wrong with its link, and local preferences. */
import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { families } from '../catalog.ts';
import type { BackendId } from '../core/generative/backends.ts';
import type { Experiment } from '../core/params/experiment.ts';
import type { ParamValue } from '../core/params/params.ts';
import { type Notice, parseQuery } from '../core/settings/query.ts';
import { defaultExperiment, withValue } from '../core/settings/settings.ts';
import { preference, remember } from './preferences.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';
export type BackendChoice = BackendId | 'auto';

const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark'];
const BACKEND_CHOICES: readonly BackendChoice[] = ['auto', 'webgpu', 'wasm', 'webgl', 'cpu'];

interface Store {
  readonly experiment: Experiment;
  readonly notices: readonly Notice[];
  readonly past: readonly Experiment[];
  readonly future: readonly Experiment[];
  readonly theme: ThemeChoice;
  readonly backend: BackendChoice;
  change(key: string, value: ParamValue): void;
  /** Several settings in one step of the history. */
  changeAll(changes: Readonly<Record<string, ParamValue>>): void;
  open(station: string): void;
  undo(): void;
  redo(): void;
  /** Takes over the experiment of a link. */
  load(link: string): void;
  reset(): void;
  dismiss(): void;
  setTheme(theme: ThemeChoice): void;
  setBackend(backend: BackendChoice): void;
}

const LONGEST_HISTORY = 100;
/** Changes of one setting that follow each other faster than this are one step of the history: a drag. */
const ONE_GESTURE = 700;

let lastChange = { key: '', time: 0 };

function sameGesture(key: string): boolean {
  const now = performance.now();
  const same = lastChange.key === key && now - lastChange.time < ONE_GESTURE;
  lastChange = { key, time: now };
  return same;
}

export const useStore = create<Store>()((set, get) => ({
  experiment: defaultExperiment(families),
  notices: [],
  past: [],
  future: [],
  theme: preference('theme', THEMES, 'system'),
  backend: preference('backend', BACKEND_CHOICES, 'auto'),

  change(key, value) {
    const { experiment, past } = get();
    const next = withValue(families, experiment, key, value);
    const kept = sameGesture(key) ? past : [...past, experiment].slice(-LONGEST_HISTORY);
    set({ experiment: next, past: kept, future: [] });
  },
  changeAll(changes) {
    const { experiment, past } = get();
    const next = Object.entries(changes).reduce(
      (changed, [key, value]) => withValue(families, changed, key, value),
      experiment,
    );
    lastChange = { key: '', time: 0 };
    set({ experiment: next, past: [...past, experiment].slice(-LONGEST_HISTORY), future: [] });
  },
  open(station) {
    set({ experiment: withValue(families, get().experiment, 'station', station) });
  },
  undo() {
    const { past, experiment, future } = get();
    const previous = past.at(-1);
    if (previous)
      set({ ...restored(previous, get), past: past.slice(0, -1), future: [experiment, ...future] });
  },
  redo() {
    const { past, experiment, future } = get();
    const [next, ...rest] = future;
    if (next) set({ ...restored(next, get), past: [...past, experiment], future: rest });
  },
  load(link) {
    const { experiment, notices } = parseQuery(link, families);
    set({ experiment, notices, past: [], future: [] });
  },
  reset() {
    const { experiment, past } = get();
    const fresh = withValue(families, defaultExperiment(families), 'station', experiment.station);
    set({ experiment: fresh, past: [...past, experiment], future: [], notices: [] });
  },
  dismiss: () => set({ notices: [] }),
  setTheme(theme) {
    remember('theme', theme);
    set({ theme });
  },
  setBackend(backend) {
    remember('backend', backend);
    set({ backend });
  },
}));

/** Undo moves settings, not the person: the open station stays. */
function restored(experiment: Experiment, get: () => Store): { experiment: Experiment } {
  lastChange = { key: '', time: 0 };
  return { experiment: withValue(families, experiment, 'station', get().experiment.station) };
}

/** For what follows from most settings; what needs a few of them takes `useOfExperiment`. */
export function useExperiment(): Experiment {
  return useStore((store) => store.experiment);
}

/** What a component needs of the experiment: it is drawn again when that changes, not when anything does. */
export function useOfExperiment<R>(select: (experiment: Experiment) => R): R {
  return useStore(useShallow((store) => select(store.experiment)));
}
