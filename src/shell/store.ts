/** The one store of the page: the experiment, what was wrong with its link, and local preferences. */
import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { families } from '../catalog.ts';
import type { BackendId } from '../core/generative/backends.ts';
import type { Experiment } from '../core/params/experiment.ts';
import type { ParamValue } from '../core/params/params.ts';
import { movedTo, type Notice, openingOf, parseQuery } from '../core/settings/query.ts';
import { defaultExperiment, withValue } from '../core/settings/settings.ts';
import { messageOf } from '../text/index.ts';
import { settingsFor } from './parts/derived.ts';
import { systemOf } from './parts/system.ts';
import { preference, remember } from './preferences.ts';
import { examiner } from './runs/examiner.ts';
import { Transitions } from './runs/transitions.ts';

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
  /** How many experiments of links have been taken over; none while the first is examined. */
  readonly loaded: number;
  /** Changes that wait until a text is examined: values by key, where they are of one setting. */
  readonly waiting: Readonly<Record<string, ParamValue | null>>;
  /** Why a text could not be examined. */
  readonly unexamined: string | null;
  change(key: string, value: ParamValue): void;
  /** Several settings in one step of the history. */
  changeAll(changes: Readonly<Record<string, ParamValue>>): void;
  open(station: string): void;
  undo(): void;
  redo(): void;
  /** Takes over the experiment of a link. Resolves when that is done, or something else was done in its place. */
  load(link: string): Promise<void>;
  reset(): void;
  /** What waits for an examination is not done. */
  stopExamining(): void;
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

const LOADING = 'link';

export const useStore = create<Store>()((set, get) => {
  /** Values that were asked for, by key. */
  const wanted = new Map<string, ParamValue>();
  const transitions = new Transitions(examiner.ask, {
    onWaiting: (names) =>
      set({ waiting: Object.fromEntries(names.map((name) => [name, wanted.get(name) ?? null])) }),
    onFailure: (error) => set({ unexamined: messageOf(error), loaded: Math.max(1, get().loaded) }),
  });
  /** @param name changes of the same name replace each other while they wait */
  const turn = (name: string, found: () => Partial<Store> & Pick<Store, 'experiment'>) =>
    transitions.try(name, () => {
      const change = found();
      // What is shown of it must not have to be examined any more.
      settingsFor(change.experiment);
      systemOf(change.experiment);
      return () => set({ unexamined: null, ...change });
    });
  const instead = () => {
    transitions.cancel();
    examiner.stop();
  };
  return {
    experiment: defaultExperiment(families),
    notices: [],
    past: [],
    future: [],
    theme: preference('theme', THEMES, 'system'),
    backend: preference('backend', BACKEND_CHOICES, 'auto'),
    loaded: 0,
    waiting: {},
    unexamined: null,

    change(key, value) {
      wanted.set(key, value);
      turn(key, () => {
        const { experiment, past } = get();
        const next = withValue(families, experiment, key, value);
        const kept = sameGesture(key) ? past : [...past, experiment].slice(-LONGEST_HISTORY);
        return { experiment: next, past: kept, future: [] };
      });
    },
    changeAll(changes) {
      turn(JSON.stringify(changes), () => {
        const { experiment, past } = get();
        const next = Object.entries(changes).reduce(
          (changed, [key, value]) => withValue(families, changed, key, value),
          experiment,
        );
        lastChange = { key: '', time: 0 };
        return { experiment: next, past: [...past, experiment].slice(-LONGEST_HISTORY), future: [] };
      });
    },
    open(station) {
      turn('station', () => ({ experiment: movedTo(families, get().experiment, station) }));
    },
    undo() {
      turn('undo', () => {
        const { past, experiment, future } = get();
        const previous = past.at(-1);
        if (!previous) return { experiment };
        return { ...restored(previous, get), past: past.slice(0, -1), future: [experiment, ...future] };
      });
    },
    redo() {
      turn('redo', () => {
        const { past, experiment, future } = get();
        const [next, ...rest] = future;
        if (!next) return { experiment };
        return { ...restored(next, get), past: [...past, experiment], future: rest };
      });
    },
    load(link) {
      instead();
      return turn(LOADING, () => {
        const { experiment, notices } = parseQuery(link, families);
        return { experiment, notices, past: [], future: [], loaded: get().loaded + 1 };
      });
    },
    reset() {
      instead();
      turn('reset', () => {
        const { experiment, past } = get();
        const fresh = openingOf(families, experiment.station);
        return { experiment: fresh, past: [...past, experiment], future: [], notices: [] };
      });
    },
    stopExamining() {
      instead();
      set({ loaded: Math.max(1, get().loaded) });
    },
    dismiss: () => set({ notices: [], unexamined: null }),
    setTheme(theme) {
      remember('theme', theme);
      set({ theme });
    },
    setBackend(backend) {
      remember('backend', backend);
      set({ backend });
    },
  };
});

/** Undo moves settings, not the person: the open station stays. */
function restored(experiment: Experiment, get: () => Store): { experiment: Experiment } {
  lastChange = { key: '', time: 0 };
  return { experiment: withValue(families, experiment, 'station', get().experiment.station) };
}

/** Resolves when the first link is taken over. */
export function whenOpened(): Promise<void> {
  return new Promise((resolve) => {
    if (useStore.getState().loaded > 0) resolve();
    const unsubscribe = useStore.subscribe(({ loaded }) => {
      if (loaded === 0) return;
      unsubscribe();
      resolve();
    });
  });
}

/** For what follows from most settings; what needs a few of them takes `useOfExperiment`. */
export function useExperiment(): Experiment {
  return useStore((store) => store.experiment);
}

/** What a component needs of the experiment: it is drawn again when that changes, not when anything does. */
export function useOfExperiment<R>(select: (experiment: Experiment) => R): R {
  return useStore(useShallow((store) => select(store.experiment)));
}
