/** Asks which columns of a file are the coordinates, and shows the cloud that its first rows make with them. */
import { useId, useState } from 'react';
import type { ColumnChoice, FileColumn } from '../../core/datasets/files/columns.ts';
import { inSymbols } from '../../core/expression/symbols.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { say, text } from '../../text/index.ts';
import { PlainDialog } from '../dialogs/PlainDialog.tsx';
import { systemOf } from '../parts/system.ts';
import { useSignal } from '../runs/signal.ts';
import { CloudCanvas } from './CloudCanvas.tsx';
import { chooseColumns } from './FileChooser.tsx';
import { type Asking, fileImport } from './file-import.ts';

const words = text.data.columnChoice;
/** Values of a column that are shown. */
const EXAMPLES = 3;

export function ColumnsDialog({ experiment }: { experiment: Experiment }) {
  const asking = useSignal(fileImport.asking);
  return (
    <PlainDialog
      title={words.title}
      className="columns-dialog"
      isOpen={asking !== null}
      onOpenChange={(open) => !open && fileImport.cancel()}
    >
      {asking && <Question asking={asking} experiment={experiment} key={asking.file.name} />}
    </PlainDialog>
  );
}

function Question({ asking, experiment }: { asking: Asking; experiment: Experiment }) {
  const { file, question, coordinates } = asking;
  const [choice, setChoice] = useState<ColumnChoice>(question.choice);
  const { columns } = question;
  const twice = new Set(choice.columns).size < choice.columns.length;
  const chosen = choice.columns.map((k) => columns[k].values);
  const missing = chosen[0].filter((_, n) => chosen.some((values) => Number.isNaN(values[n]))).length;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!twice) chooseColumns({ ...choice, drop: choice.drop || missing > 0 }, experiment);
      }}
    >
      <p>
        {file.name}: {question.why ? say(question.why) : words.asked}
      </p>
      {coordinates.map((coordinate, d) => (
        <ColumnSelect
          key={coordinate}
          label={inSymbols(coordinate)}
          columns={columns}
          value={choice.columns[d]}
          onChange={(k) => k !== null && setChoice({ ...choice, columns: choice.columns.with(d, k) })}
        />
      ))}
      {columns.length > coordinates.length && (
        <ColumnSelect
          label={words.weights}
          columns={columns}
          none={words.noWeights}
          value={choice.weight}
          onChange={(weight) => setChoice({ ...choice, weight })}
        />
      )}
      <CloudCanvas
        columns={chosen}
        names={coordinates.map(inSymbols)}
        domain={systemOf(experiment).domain}
        label={words.cloud(chosen[0].length)}
      />
      <p role="status">{twice ? words.twice : words.rows(chosen[0].length - missing, missing)}</p>
      <div className="dialog-buttons">
        <button type="submit" className="button strong" disabled={twice}>
          {words.use}
        </button>
        <button type="button" className="button" onClick={() => fileImport.cancel()}>
          {text.data.cancel}
        </button>
      </div>
    </form>
  );
}

interface SelectProps {
  readonly label: string;
  readonly columns: readonly FileColumn[];
  /** Words for no column, where none may be chosen. */
  readonly none?: string;
  readonly value: number | null;
  readonly onChange: (column: number | null) => void;
}

function ColumnSelect({ label, columns, none, value, onChange }: SelectProps) {
  const id = useId();
  return (
    <div className="column-select">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? null : Number(target.value))}
      >
        {none !== undefined && <option value="">{none}</option>}
        {columns.map(({ name, values }, k) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a column is
          <option value={k} key={k}>
            {words.column(name || words.unnamed(k + 1), rangeOf(values), examplesOf(values))}
          </option>
        ))}
      </select>
    </div>
  );
}

const finite = (values: Float32Array) => values.filter((value) => !Number.isNaN(value));

function rangeOf(values: Float32Array): readonly [number, number] | null {
  const good = finite(values);
  if (good.length === 0) return null;
  return good.reduce<[number, number]>(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [good[0], good[0]]);
}

function examplesOf(values: Float32Array): readonly number[] {
  return [...finite(values).subarray(0, EXAMPLES)];
}
