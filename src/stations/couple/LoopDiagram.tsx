/** The loop drawn as a loop, lit where it is at work. */

import { text } from '../../text/index.ts';
import type { LoopNode, LoopStage } from './loop.ts';

interface DiagramProps {
  readonly nodes: readonly LoopNode[];
  /** How far it has gone round. */
  readonly round: string;
  readonly coupled: boolean;
}

export function LoopDiagram({ nodes, round, coupled }: DiagramProps) {
  const litNow = nodes.filter(({ lit }) => lit).map(({ title }) => title);
  return (
    <section className="loop" aria-label={text.couple.loop.label}>
      <ol>
        {nodes.map(({ stage, title, count, lit, passed }) => (
          <li
            key={stage}
            className={`loop-node ${stage} ${COLOURS[stage]}`}
            data-lit={lit}
            data-passed={passed}
            aria-current={lit ? 'step' : undefined}
          >
            <b>{title}</b>
            <span>{passed ? count : text.couple.loop.skipped}</span>
          </li>
        ))}
      </ol>
      {ARROWS.map(({ to, d }) => (
        <Arrow key={to} to={to} d={d} lit={nodes.some(({ stage, lit }) => lit && stage === to)} />
      ))}
      {coupled && (
        <Arrow to="retrain" d={RETRAIN} lit={nodes.some(({ stage, lit }) => lit && stage === 'train')} />
      )}
      <p className="loop-round">{round}</p>
      <output className="visually-hidden">{litNow.join(', ')}</output>
    </section>
  );
}

/** Kind of data that a station makes, which decides its colour. */
const COLOURS: Readonly<Record<LoopStage, string>> = {
  trapped: 'simulation',
  train: 'model',
  generate: 'model',
  run: 'biased',
  accept: 'model',
  estimate: 'biased',
};

/** Arrows lie in the gaps between the boxes; each is named after where it leads. */
const ARROWS: readonly { readonly to: LoopStage; readonly d: string }[] = [
  { to: 'train', d: 'M1 10H17M12 5.5L17 10L12 14.5' },
  { to: 'generate', d: 'M1 10H17M12 5.5L17 10L12 14.5' },
  { to: 'run', d: 'M1 10H17M12 5.5L17 10L12 14.5' },
  { to: 'accept', d: 'M10 1V17M5.5 12L10 17L14.5 12' },
  { to: 'estimate', d: 'M19 10H3M8 5.5L3 10L8 14.5' },
];
const RETRAIN = 'M10 19V3M5.5 8L10 3L14.5 8';

function Arrow({ to, d, lit }: { to: string; d: string; lit: boolean }) {
  return (
    <svg className={`loop-arrow to-${to}`} viewBox="0 0 20 20" data-lit={lit} aria-hidden="true">
      <path d={d} />
    </svg>
  );
}
