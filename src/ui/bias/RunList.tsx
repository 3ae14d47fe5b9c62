/** The compared runs with their marks and errors. */
import { useState } from 'react';
import { runMark } from '../../plots/run-marks.ts';
import { counted, fixed } from '../format.ts';
import { CloseIcon } from '../icons.tsx';
import { keptRuns, LONGEST_NAME } from '../runs/kept-runs.ts';
import { usePalette } from '../theme.ts';
import type { ComparedRun } from './use-comparison.ts';

const DASHES: Readonly<Record<string, string>> = {
  solid: '',
  dash: '6 3',
  dot: '2 3',
  dashdot: '6 3 2 3',
  longdash: '10 4',
};

/** Outlines of the symbols in a box from -4 to 4. */
const OUTLINES: Readonly<Record<string, string>> = {
  circle: 'M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0Z',
  square: 'M-3-3H3V3H-3Z',
  diamond: 'M0-4L4 0L0 4L-4 0Z',
  'triangle-up': 'M0-3.6L4 3H-4Z',
  x: 'M-4-2L-2-4L0-2L2-4L4-2L2 0L4 2L2 4L0 2L-2 4L-4 2L-2 0Z',
  star: 'M0-4L1.2-1.3L4-1.1L1.8.8L2.5 3.6L0 2.1L-2.5 3.6L-1.8.8L-4-1.1L-1.2-1.3Z',
  'triangle-down': 'M0 3.6L4-3H-4Z',
};

export function RunList({ runs }: { runs: readonly ComparedRun[] }) {
  if (runs.length === 0)
    return <p className="remark">Each run that ends is kept here, so that methods can be compared.</p>;
  return (
    <table className="run-list">
      <caption className="visually-hidden">Runs of this system</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">shown</span>
          </th>
          <th scope="col">run</th>
          <th scope="col">forces</th>
          <th scope="col">RMSE/kT</th>
          <th scope="col">
            <span className="visually-hidden">delete</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <Row run={run} key={run.id ?? 'live'} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ run }: { run: ComparedRun }) {
  const { id, name, hidden, present, forceEvaluations, rmse, kind } = run;
  return (
    <tr className={kind} data-hidden={hidden && !present}>
      <td>
        <input
          type="checkbox"
          aria-label={`Show ${name}`}
          title={present ? 'The run of the present settings is always shown' : 'Show in the figures'}
          checked={present || !hidden}
          disabled={id === null || present}
          onChange={(event) => id !== null && keptRuns.setHidden(id, !event.target.checked)}
        />
      </td>
      <th scope="row">
        <MarkSwatch run={run} />
        {id === null ? <span className="run-name">{name}</span> : <Name id={id} name={name} />}
      </th>
      <td>{counted(forceEvaluations)}</td>
      <td>{rmse === null ? '–' : fixed(rmse, 2)}</td>
      <td>
        {id !== null && (
          <button
            type="button"
            className="icon-button"
            aria-label={`Delete ${name}`}
            title="Delete"
            onClick={() => keptRuns.remove(id)}
          >
            <CloseIcon />
          </button>
        )}
      </td>
    </tr>
  );
}

function Name({ id, name }: { id: number; name: string }) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft !== null) keptRuns.rename(id, draft);
    setDraft(null);
  };
  return (
    <input
      className="entry run-name"
      aria-label={`Name of ${name}`}
      title="Give it another name"
      autoComplete="off"
      maxLength={LONGEST_NAME}
      value={draft ?? name}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}

function MarkSwatch({ run: { kind, mark } }: { run: ComparedRun }) {
  const { color, symbol, dash } = runMark(kind, mark, usePalette());
  return (
    <svg className="run-mark" viewBox="-14 -5 28 10" aria-hidden="true">
      <path d="M-14 0H14" stroke={color} strokeWidth="1.5" strokeDasharray={DASHES[dash]} />
      <path d={OUTLINES[symbol]} fill={color} />
    </svg>
  );
}
