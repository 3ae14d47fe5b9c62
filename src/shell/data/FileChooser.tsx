/** A CSV file: chosen or dropped, read with progress, refused with line and column. */

import { useRef } from 'react';
import { message } from '../../core/datasets/messages.ts';
import { isOwn } from '../../core/datasets/own.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { plural } from '../../text/format.ts';
import { say } from '../../text/index.ts';
import { systemOf } from '../parts/system.ts';
import { useSignal } from '../runs/signal.ts';
import { useStore } from '../store.ts';
import { fileImport } from './file-import.ts';
import { fileData, ownProblemOf } from './own-data.ts';

/** Reads the file; if it is good, it is the training data from now on. */
export async function importFile(file: File, experiment: Experiment): Promise<void> {
  const good = await fileImport.read(file, systemOf(experiment).coordinates);
  const { experiment: now, change } = useStore.getState();
  if (good && now.system === experiment.system && now.data !== 'file') change('data', 'file');
}

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
        accept=".csv,.tsv,.txt,.dat,text/*"
        aria-label="CSV file of states"
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
          {file ? 'Choose another file' : 'Choose a CSV file'}
        </button>
      )}
      {importing?.problem && (
        <p className="file-problem" role="alert">
          {importing.name}: {importing.problem}
          {file && !problem && ` The states of ${file.name} stay.`}
        </p>
      )}
      {!importing && problem && isOwn(experiment.data) && (
        <p className="remark">{file ? problem : say(message('own-data-missing', { data: 'file' }))}</p>
      )}
      {file && !problem && (
        <p className="remark">
          {file.name}: {plural(file.rows, 'state')}. {file.remarks.map(say).join(' ')} They stay in this page,
          no link holds them.
        </p>
      )}
      <p className="remark">
        Columns {coordinates.join(' and ')} (by name, or the first {coordinates.length}), separated by commas,
        semicolons or tabs; you can also drop a file here.
      </p>
    </div>
  );
}

function Reading({ name, share, rows }: { name: string; share: number; rows: number }) {
  return (
    <>
      <p className="remark">
        Reading {name}: {plural(rows, 'state')} …
      </p>
      <progress max={1} value={share} aria-label={`Reading ${name}`} />
      <button type="button" className="button" onClick={() => fileImport.cancel()}>
        Cancel
      </button>
    </>
  );
}
