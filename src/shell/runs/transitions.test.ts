import { describe, expect, it, vi } from 'vitest';
import {
  type Examination,
  examinationOf,
  learn,
  type Question,
  type VariableQuestion,
} from '../../core/systems/examination.ts';
import { Cancelled } from './remote.ts';
import { Transitions } from './transitions.ts';

const NOTHING: Examination = { problem: null, facts: { minima: [], saddles: [] }, range: [0, 1] };
let count = 0;

/** A change that needs an examination that nobody has made. */
function change(name: string, made: string[]) {
  const question: VariableQuestion = { about: 'variable', value: `${name} ${count++}`, domain: [] };
  const attempt = () => {
    examinationOf(question);
    return () => made.push(name);
  };
  return { question, attempt };
}

function setUp() {
  const answers: { question: Question; answer: () => void; refuse: (error: Error) => void }[] = [];
  const events = { onWaiting: vi.fn(), onFailure: vi.fn() };
  const transitions = new Transitions(
    (question) =>
      new Promise((resolve, refuse) =>
        answers.push({ question, answer: () => resolve(learn(question, NOTHING)), refuse }),
      ),
    events,
  );
  return { answers, events, transitions, made: [] as string[] };
}

describe('changes that wait for an examination', () => {
  it('are made at once where nothing is to be examined', () => {
    const { transitions, made, answers } = setUp();
    transitions.try('kT', () => () => made.push('kT'));
    expect(made).toEqual(['kT']);
    expect(answers).toEqual([]);
  });

  it('are made when it is known; others are made meanwhile', async () => {
    const { transitions, made, answers, events } = setUp();
    const done = transitions.try('a', change('a', made).attempt);
    expect(events.onWaiting).toHaveBeenLastCalledWith(['a']);
    transitions.try('seed', () => () => made.push('seed'));
    answers[0].answer();
    await done;
    expect(made).toEqual(['seed', 'a']);
    expect(events.onWaiting).toHaveBeenLastCalledWith([]);
  });

  it('keep the latest of one name that came meanwhile', async () => {
    const { transitions, made, answers } = setUp();
    transitions.try('a', change('first', made).attempt);
    transitions.try('a', change('second', made).attempt);
    const done = transitions.try('a', change('third', made).attempt);
    answers[0].answer();
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    expect(made).toEqual(['first']);
    answers[1].answer();
    await done;
    expect(made).toEqual(['first', 'third']);
  });

  it('are not made once they are called off', async () => {
    const { transitions, made, answers, events } = setUp();
    const done = transitions.try('a', change('a', made).attempt);
    transitions.cancel();
    answers[0].refuse(new Cancelled());
    await done;
    const other = transitions.try('b', change('b', made).attempt);
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1].answer();
    await other;
    expect(made).toEqual(['b']);
    expect(events.onFailure).not.toHaveBeenCalled();
  });

  it('are told of a worker that was lost', async () => {
    const { transitions, made, answers, events } = setUp();
    const done = transitions.try('a', change('a', made).attempt);
    answers[0].refuse(new Error('gone'));
    await done;
    expect(events.onFailure).toHaveBeenCalledOnce();
    expect(made).toEqual([]);
  });
});
