/** Asks what will happen before the run, and says afterwards what the prediction was worth. */
import { useState } from 'react';
import type { NumberPrediction, OrderPrediction, Prediction } from '../../lessons/lesson.ts';
import { short } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import { CurveSketch, flatCurve } from './CurveSketch.tsx';
import { type Answer, curveOf, type Score } from './scoring.ts';
import type { Read } from './use-results.ts';

const words = text.lessons.predict;

interface FormProps {
  readonly prediction: Prediction;
  readonly submit: (answer: Answer) => void;
}

export function PredictionForm({ prediction, submit }: FormProps) {
  const [answer, setAnswer] = useState<Answer | null>(() => initial(prediction));
  return (
    <form
      className="prediction"
      onSubmit={(event) => {
        event.preventDefault();
        if (answer !== null) submit(answer);
      }}
    >
      <fieldset>
        <legend>{prediction.question}</legend>
        <Question prediction={prediction} answer={answer} setAnswer={setAnswer} />
      </fieldset>
      <button type="submit" className="button primary" disabled={answer === null}>
        {words.submit}
      </button>
    </form>
  );
}

function initial(prediction: Prediction): Answer | null {
  if (prediction.kind === 'curve') return flatCurve(prediction);
  return prediction.kind === 'order' ? sortedPlaces(prediction) : null;
}

/** Places of the items in the right order, as they stand sorted by letters: that tells nothing. */
function sortedPlaces({ items }: OrderPrediction): number[] {
  return items.map((_, k) => k).sort((a, b) => (items[a] < items[b] ? -1 : 1));
}

interface QuestionProps {
  readonly prediction: Prediction;
  readonly answer: Answer | null;
  readonly setAnswer: (answer: Answer | null) => void;
}

function Question({ prediction, answer, setAnswer }: QuestionProps) {
  switch (prediction.kind) {
    case 'choice':
      return prediction.options.map((option, k) => (
        <label key={option} className="option">
          <input type="radio" name="prediction" checked={answer === k} onChange={() => setAnswer(k)} />
          {option}
        </label>
      ));
    case 'number':
      return <NumberQuestion prediction={prediction} setAnswer={setAnswer} />;
    case 'order':
      return (
        <OrderQuestion prediction={prediction} answer={answer as readonly number[]} setAnswer={setAnswer} />
      );
    case 'curve':
      return (
        <CurveSketch
          prediction={prediction}
          drawn={answer as readonly number[]}
          onChange={setAnswer}
          actual={null}
        />
      );
    default:
      return prediction satisfies never;
  }
}

function NumberQuestion({
  prediction,
  setAnswer,
}: {
  prediction: NumberPrediction;
  setAnswer: (answer: number | null) => void;
}) {
  return (
    <label className="option">
      <input
        type="text"
        inputMode="decimal"
        aria-label={prediction.question}
        onChange={({ target }) => {
          const value = Number(target.value.trim().replace(',', '.'));
          setAnswer(target.value.trim() !== '' && Number.isFinite(value) ? value : null);
        }}
      />
      {prediction.unit}
    </label>
  );
}

function OrderQuestion({
  prediction,
  answer,
  setAnswer,
}: {
  prediction: OrderPrediction;
  answer: readonly number[];
  setAnswer: (answer: readonly number[]) => void;
}) {
  const swap = (k: number) =>
    setAnswer(answer.map((place, i) => (i === k ? answer[k - 1] : i === k - 1 ? answer[k] : place)));
  return (
    <ol className="order">
      {answer.map((place, k) => (
        <li key={prediction.items[place]}>
          {prediction.items[place]}
          <button type="button" className="button" disabled={k === 0} onClick={() => swap(k)}>
            {words.up}
            <span className="visually-hidden">: {prediction.items[place]}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

interface OutcomeProps {
  readonly prediction: Prediction;
  readonly answer: Answer;
  readonly score: Score | null;
  readonly read: Read;
}

/** The prediction, and what came of it. */
export function Outcome({ prediction, answer, score, read }: OutcomeProps) {
  const unit = prediction.kind === 'number' ? prediction.unit : '';
  return (
    <div className={`outcome ${score === null ? '' : score.right ? 'right' : 'wrong'}`}>
      <p>
        {words.said(said(prediction, answer))}
        {score !== null && ` ${score.right ? words.right : words.wrong}`}
        {typeof score?.actual === 'number' && ` ${words.actual(`${short(score.actual)} ${unit}`.trim())}`}
        {typeof score?.distance === 'number' && ` ${words.distance(short(score.distance, 2))}`}
      </p>
      {prediction.kind === 'curve' && (
        <CurveSketch
          prediction={prediction}
          drawn={answer as readonly number[]}
          onChange={null}
          actual={score && curveOf(prediction, read)}
        />
      )}
    </div>
  );
}

function said(prediction: Prediction, answer: Answer): string {
  switch (prediction.kind) {
    case 'choice':
      return prediction.options[answer as number];
    case 'number':
      return `${short(answer as number)} ${prediction.unit}`.trim();
    case 'order':
      return (answer as readonly number[]).map((place) => prediction.items[place]).join(', ');
    case 'curve':
      return words.curve;
    default:
      return prediction satisfies never;
  }
}
