/** Export of results: the experiment is run once more from its link to its end, so that the file depends on nothing else. */
import { useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { messageOf, text } from '../../text/index.ts';
import { PlainDialog } from '../dialogs/PlainDialog.tsx';
import { saveBlob } from '../figure/PlotView.tsx';
import type { Progress } from '../results/result-workers.ts';
import { runExperiment } from '../results/results.ts';
import { useStore } from '../store.ts';
import { toast } from './Toast.tsx';

type Export = Progress | { readonly problem: string };

export function ExportMenu() {
  const [state, setState] = useState<Export | null>(null);
  const abort = useRef<AbortController | null>(null);
  const start = async () => {
    const { experiment, backend } = useStore.getState();
    const controller = new AbortController();
    abort.current = controller;
    setState({ phase: text.frame.export.starting, fraction: 0 });
    try {
      const results = await runExperiment(experiment, {
        backend,
        onProgress: setState,
        signal: controller.signal,
      });
      saveBlob(
        new Blob([JSON.stringify(results)], { type: 'application/json' }),
        `saddle-${experiment.station}.json`,
      );
      setState(null);
      toast(text.frame.export.saved);
    } catch (error) {
      setState(controller.signal.aborted ? null : { problem: messageOf(error) });
    }
  };
  const close = () => {
    abort.current?.abort();
    setState(null);
  };
  return (
    <>
      <MenuTrigger>
        <Button className="button">{text.frame.export.button}</Button>
        <Popover className="popover">
          <Menu className="menu" aria-label={text.frame.export.button} onAction={start}>
            <MenuItem id="results" className="menu-item" textValue={text.frame.export.json}>
              {text.frame.export.json}
              <small>{text.frame.export.jsonHint}</small>
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <PlainDialog title={text.frame.export.title} isOpen={state !== null} onOpenChange={close}>
        {state && <ExportState state={state} close={close} />}
      </PlainDialog>
    </>
  );
}

function ExportState({ state, close }: { state: Export; close: () => void }) {
  if ('problem' in state) return <p role="alert">{state.problem}</p>;
  return (
    <>
      <p>{state.phase}</p>
      <progress max={1} value={state.fraction} aria-label={state.phase} />
      <button type="button" className="button" onClick={close}>
        {text.frame.cancel}
      </button>
    </>
  );
}
