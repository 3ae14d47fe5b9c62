/** A file of states: chosen or dropped, read with progress, refused with line and column. */

import { useRef } from 'react';
import { families } from '../../catalog.ts';
import type { ColumnChoice } from '../../core/datasets/files/columns.ts';
import { message } from '../../core/datasets/messages.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { say, text } from '../../text/index.ts';
import { systemOf } from '../parts/system.ts';
import { useSignal } from '../runs/signal.ts';
import { useStore } from '../store.ts';
import { fileImport } from './file-import.ts';
import { fileData, ownProblemOf } from './own-data.ts';

/** Reads the file; if it is good, it is the training data from now on. */
export async function importFile(file: File, experiment: Experiment): Promise<void> {
  takeIfGood(await fileImport.read(file, systemOf(experiment).coordinates), experiment);
}

/** Reads the file in question with these columns, as `importFile`. */
export async function chooseColumns(choice: ColumnChoice, experiment: Experiment): Promise<void> {
  takeIfGood(await fileImport.choose(choice), experiment);
}

function takeIfGood(good: boolean, experiment: Experiment): void {
  const { experiment: now, change } = useStore.getState();
  if (!good || now.system !== experiment.system || families.datasets[now.data].own === 'file') return;
  const source = Object.keys(families.datasets).find((id) => families.datasets[id].own === 'file');
  if (source) change('data', source);
}

const words = text.data;

export function FileChooser({ experiment }: { experiment: Experiment }) {
  const input = useRef<HTMLInputElement>(null);
  const file = useSignal(fileData);
  const importing = useSignal(fileImport.state);
  const problem = ownProblemOf(experiment);
  const { coordinates } = systemOf(experiment);
  return (
    <div className="file-chooser">
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,.dat,.xvg,.json,.jsonl,.colvar,text/*,application/json,*/*"
        aria-label={words.file}
        hidden
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) importFile(chosen, experiment);
          // The same file may be chosen again once it is mended.
          event.target.value = '';
        }}
      />
      {importing?.progress ? (
        <Reading name={importing.name} {...importing.progress} />
      ) : (
        <button type="button" className="button" onClick={() => input.current?.click()}>
          {file ? words.chooseAnother : words.choose}
        </button>
      )}
      {file && !problem && !importing?.progress && (
        <button
          type="button"
          className="button"
          onClick={() => fileImport.read(file.file, coordinates, 'ask')}
        >
          {words.columnChoice.change}
        </button>
      )}
      {importing?.problem && (
        <p className="file-problem" role="alert">
          {words.problem(importing.name, importing.problem)}
          {file && !problem && words.kept(file.name)}
        </p>
      )}
      {!importing && problem && (
        <p className="remark">{file ? problem : say(message('own-data-missing', { data: 'file' }))}</p>
      )}
      {file && !problem && (
        <p className="remark">{words.read(file.name, file.rows, file.remarks.map(say))}</p>
      )}
      <p className="remark">{words.columns(coordinates)}</p>
    </div>
  );
}

function Reading({ name, share, rows }: { name: string; share: number; rows: number }) {
  return (
    <>
      <p className="remark">{words.readingStates(name, rows)}</p>
      <progress max={1} value={share} aria-label={words.reading(name)} />
      <button type="button" className="button" onClick={() => fileImport.cancel()}>
        {words.cancel}
      </button>
    </>
  );
}
