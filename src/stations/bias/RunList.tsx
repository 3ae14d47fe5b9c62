/** The compared runs with their marks and errors. */
import { useState } from 'react';
import { CloseIcon } from '../../shell/parts/icons.tsx';
import { MarkSwatch } from '../../shell/parts/MarkSwatch.tsx';
import { RmseCell } from '../../shell/parts/RmseCell.tsx';
import { keptRuns, LONGEST_NAME } from '../../shell/runs/kept-runs.ts';
import { counted } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import type { ComparedRun } from './use-comparison.ts';

const words = text.bias.runs;

export function RunList({ runs }: { runs: readonly ComparedRun[] }) {
  if (runs.length === 0) return <p className="remark">{words.empty}</p>;
  return (
    <table className="run-list">
      <caption className="visually-hidden">{words.caption}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{words.shown}</span>
          </th>
          <th scope="col">{words.run}</th>
          <th scope="col">{words.cost}</th>
          <th scope="col">{words.rmse}</th>
          <th scope="col">
            <span className="visually-hidden">{words.remove}</span>
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
  const { id, name, hidden, present, forceEvaluations, rmse, unvisitedShare, kind, mark } = run;
  return (
    <tr className={kind} data-hidden={hidden && !present}>
      <td>
        <input
          type="checkbox"
          aria-label={words.show(name)}
          title={present ? words.alwaysShown : words.showHint}
          checked={present || !hidden}
          disabled={id === null || present}
          onChange={(event) => id !== null && keptRuns.setHidden(id, !event.target.checked)}
        />
      </td>
      <th scope="row">
        <MarkSwatch family={kind} mark={mark} />
        {id === null ? <span className="run-name">{name}</span> : <Name id={id} name={name} />}
      </th>
      <td>{counted(forceEvaluations)}</td>
      <RmseCell rmse={rmse} unvisitedShare={unvisitedShare} />
      <td>
        {id !== null && (
          <button
            type="button"
            className="icon-button"
            aria-label={words.delete(name)}
            title={words.deleteHint}
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
      aria-label={words.name(name)}
      title={words.rename}
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
