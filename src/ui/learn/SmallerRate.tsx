/** The way out of a training that broke down. */
import { short } from '../format.ts';
import { learners } from '../runs/learning.ts';
import { useSignal } from '../signal.ts';
import { useExperiment, useStore } from '../store.ts';

const client = learners.learn;
const FACTOR = 0.3;

/** Trains anew at a smaller rate; nothing as long as the training is well. */
export function SmallerRate() {
  const { phase, message } = useSignal(client.state);
  const change = useStore((store) => store.change);
  const rate = Number(useExperiment()['train.learningRate']);
  if (phase !== 'finished' || !message?.startsWith('Training broke down')) return null;
  const smaller = Number((FACTOR * rate).toPrecision(2));
  return (
    <button
      type="button"
      className="button"
      onClick={() => {
        change('train.learningRate', smaller);
        client.restart();
      }}
    >
      {`Train at rate ${short(smaller)}`}
    </button>
  );
}
