/** Keys of the page. They are inert while a person types or works a control that uses keys itself. */
import { useEffect } from 'react';
import { isBusy, type Run } from '../runs/run.ts';
import { useStore } from '../store.ts';

const OWN_KEYS =
  'input:not([type=range]), textarea, select, [contenteditable], [role=listbox], [role=menu], [role=dialog], [role=option]';
const PRESSABLE = 'button, a, summary, [role=switch], [role=slider]';

/** @param run what the keys steer, or null */
export function useKeyboard(run: Run | null, openHelp: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (event.defaultPrevented || target?.closest(OWN_KEYS)) return;
      if (event.ctrlKey || event.metaKey) undoOrRedo(event);
      else if (!event.altKey && !(event.key === ' ' && target?.closest(PRESSABLE)))
        press(event, run, openHelp);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [run, openHelp]);
}

function undoOrRedo(event: KeyboardEvent): void {
  const { undo, redo } = useStore.getState();
  const key = event.key.toLowerCase();
  if (key === 'z') (event.shiftKey ? redo : undo)();
  else if (key === 'y') redo();
  else return;
  event.preventDefault();
}

function press(event: KeyboardEvent, run: Run | null, openHelp: () => void): void {
  switch (event.key) {
    case ' ':
      if (run && isBusy(run.state.get())) run.pause();
      else run?.play();
      break;
    case '.':
      run?.step?.();
      break;
    case 'r':
      run?.restart();
      break;
    case '?':
      openHelp();
      break;
    default:
      return;
  }
  event.preventDefault();
}
