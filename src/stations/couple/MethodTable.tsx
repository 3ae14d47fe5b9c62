/** The methods of the comparison: which are asked for, how far each is, and what it came to. */

import { families } from '../../catalog.ts';
import { coupledMethodsOf } from '../../core/coupling/contract.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { CloseIcon, PlayIcon } from '../../shell/parts/icons.tsx';
import { MarkSwatch } from '../../shell/parts/MarkSwatch.tsx';
import { RmseCell } from '../../shell/parts/RmseCell.tsx';
import { coupling, isAtWork } from '../../shell/runs/coupling.ts';
import { useSignal } from '../../shell/runs/signal.ts';
import { useStore } from '../../shell/store.ts';
import { fixed, seconds as secondsText } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import { looks } from './looks.ts';
import { type ScoredMethod, secondsLeft } from './use-methods.ts';

const words = text.couple.table;

interface TableProps {
  readonly experiment: Experiment;
  readonly scored: readonly ScoredMethod[];
  readonly shown: string;
  readonly show: (method: string) => void;
}

export function MethodTable({ experiment, scored, shown, show }: TableProps) {
  const asked = coupledMethodsOf(experiment.arms);
  return (
    <section className="coupled-methods" aria-label={words.label}>
      <Buttons asked={asked} />
      <table className="run-list coupled-list">
        <caption className="visually-hidden">{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{words.included}</span>
            </th>
            <th scope="col">{words.method}</th>
            <th scope="col">{words.time}</th>
            <th scope="col">{words.rmse}</th>
            <th scope="col">
              <span className="visually-hidden">{words.runOrCancel}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {Object.keys(families.coupledMethods).map((method) => (
            <Row
              key={method}
              method={method}
              asked={asked}
              record={scored.find((one) => one.method === method) ?? null}
              shown={method === shown}
              show={show}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Buttons({ asked }: { asked: readonly string[] }) {
  const { phase } = useSignal(coupling.state);
  if (phase === 'running' || phase === 'preparing' || phase === 'paused')
    return (
      <div className="comparison-buttons">
        <button type="button" className="button strong" onClick={() => coupling.cancel()}>
          {words.cancel}
        </button>
        <button type="button" className="button" onClick={() => coupling.runAll()}>
          {phase === 'paused' ? words.resumeAll : words.addAll}
        </button>
      </div>
    );
  return (
    <div className="comparison-buttons">
      <button type="button" className="button strong" onClick={() => coupling.play()}>
        {asked.length === 1 ? words.run(looks[asked[0]].name) : words.runSeveral(asked.length)}
      </button>
      <button type="button" className="button" title={words.runAllHint} onClick={() => coupling.runAll()}>
        {words.runAll}
      </button>
    </div>
  );
}

interface RowProps {
  readonly method: string;
  readonly asked: readonly string[];
  readonly record: ScoredMethod | null;
  readonly shown: boolean;
  readonly show: (method: string) => void;
}

function Row({ method, asked, record, shown, show }: RowProps) {
  const change = useStore((store) => store.change);
  const { name, title, family, mark } = looks[method];
  const chosen = asked.includes(method);
  const toggled = Object.keys(families.coupledMethods).filter((one) =>
    one === method ? !chosen : asked.includes(one),
  );
  return (
    <tr className={family} data-shown={shown && record !== null}>
      <td>
        <input
          type="checkbox"
          aria-label={words.include(title)}
          title={words.includeHint}
          checked={chosen}
          disabled={chosen && asked.length === 1}
          onChange={() => change('arms', toggled.join(','))}
        />
      </td>
      <th scope="row">
        <MarkSwatch family={family} mark={mark} />
        <button
          type="button"
          className="run-name"
          title={record ? words.show(title) : title}
          aria-pressed={shown && record !== null}
          disabled={!record}
          onClick={() => show(method)}
        >
          {name}
        </button>
      </th>
      <td>
        <Time record={record} />
      </td>
      <RmseCell rmse={record?.rmse ?? null} unvisitedShare={record?.unvisitedShare ?? null} />
      <td>
        <RowButton method={method} record={record} title={title} />
      </td>
    </tr>
  );
}

function Time({ record }: { record: ScoredMethod | null }) {
  if (!record) return <>–</>;
  const { phase, frame } = record;
  if (phase === 'waiting') return <>{words.queued}</>;
  if (phase === 'failed') return <span className="failed">{words.failed}</span>;
  if (phase === 'finished') return <>{words.seconds(frame?.seconds ?? 0)}</>;
  const share = frame ? frame.forceEvaluations / frame.budget : 0;
  const left = secondsLeft(record);
  const percent = `${fixed(100 * share, 0)} %`;
  return (
    <span className="coupled-progress">
      <progress max={1} value={share} aria-label={words.progress(looks[record.method].name)} />
      {phase === 'paused' ? words.paused(percent) : left === null ? percent : words.left(secondsText(left))}
    </span>
  );
}

function RowButton({
  method,
  record,
  title,
}: {
  method: string;
  record: ScoredMethod | null;
  title: string;
}) {
  const open = record !== null && (isAtWork(record) || record.phase === 'paused');
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={open ? words.cancelTitle(title) : words.runTitle(title)}
      title={open ? words.cancelHint : words.runHint}
      onClick={() => (open ? coupling.cancel(method) : coupling.run([method]))}
    >
      {open ? <CloseIcon /> : <PlayIcon />}
    </button>
  );
}
