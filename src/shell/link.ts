/** Keeps the address bar and the experiment in step. */
import { families } from '../catalog.ts';
import { encodeQuery } from '../core/settings/query.ts';
import { openLessonOf } from './lessons/lesson-store.ts';
import { changedKeys } from './parts/derived.ts';

import { useStore } from './store.ts';

/** Browsers limit how often the history may change; dragging would exceed it. */
const DEBOUNCE = 300;

/** Steps that the back button should undo one by one. */
const DELIBERATE = [
  'station',
  'system',
  'cv',
  'integrator',
  'method',
  'schedule',
  'generator',
  'data',
  'seed',
];

const SETTING = /[?&](v|station|system|kT)=/;

export function startLinkSync(): void {
  // Some write the settings before the hash, as of pages that a server makes; other keys there are not for this page.
  const asked = location.hash || (SETTING.test(location.search) ? location.search : '');
  let written = location.hash;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restoring = false;
  const load = async (link: string) => {
    restoring = true;
    await useStore.getState().load(link);
    restoring = false;
  };
  load(openLessonOf(asked) ? '' : asked);

  const write = (deliberate: boolean) => {
    clearTimeout(timer);
    const link = encodeQuery(useStore.getState().experiment, families);
    if (link === written) return;
    written = link;
    if (deliberate) history.pushState(null, '', link);
    else history.replaceState(null, '', link);
  };

  useStore.subscribe(({ experiment }, previous) => {
    if (experiment === previous.experiment) return;
    clearTimeout(timer);
    if (restoring) return;
    const keys = changedKeys(experiment, previous.experiment);
    if (keys.some((key) => DELIBERATE.includes(key))) write(true);
    else timer = setTimeout(() => write(false), DEBOUNCE);
  });

  // Back, forward, a link in the page and an address typed by hand all arrive here.
  const restore = () => {
    if (location.hash === written) return;
    written = location.hash;
    if (openLessonOf(written)) return;
    load(location.hash);
  };
  addEventListener('popstate', restore);
  addEventListener('hashchange', restore);
}

/** Address of this experiment, to be sent to somebody else. */
export function shareLink(): string {
  const { origin, pathname } = location;
  return `${origin}${pathname}${encodeQuery(useStore.getState().experiment, families)}`;
}
