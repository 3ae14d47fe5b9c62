import { describe, expect, it } from 'vitest';
import { Meter } from '../expression/meter.ts';
import {
  type EnergyQuestion,
  examinationOf,
  examined,
  learn,
  MOST_OPERATIONS,
  Unexamined,
  whenKnown,
  withKnown,
} from './examination.ts';

const PLANE = [
  [-2, 2],
  [-1.5, 3],
] as const;

function about(energy: string, parameters: Record<string, number> = {}): EnergyQuestion {
  return { about: 'energy', energy, parameters, coordinates: ['x', 'y'], domain: PLANE };
}

/** No two terms alike: every one of them must be computed. */
function heavy(terms: number): string {
  const each = Array.from({ length: terms }, (_, k) => `sin(${90 + k}*x*y)^63`);
  return `${each.join('+')}+x^2+y^2`;
}

describe('the examination of an energy', () => {
  it('counts its operations, alike every time', () => {
    const spent = (energy: string) => {
      const meter = new Meter(MOST_OPERATIONS);
      expect(examined(about(energy), meter).problem).toBeNull();
      return meter.spent;
    };
    const double = spent('5*(x^2 - 1)^2 + 2*y^2');
    expect(double).toBe(spent('5*(x^2 - 1)^2 + 2*y^2'));
    expect(double).toBeLessThan(MOST_OPERATIONS / 500);
    // A term more is in every evaluation.
    expect(spent('5*(x^2 - 1)^2 + 2*y^2 + 0.1*sin(x)*cos(y)')).toBeGreaterThan(double);
  });

  it('ends in a refusal that names the reason once its budget is spent', () => {
    const meter = new Meter(2e7);
    const { problem, facts } = examined(about(heavy(100)), meter);
    expect(problem).toEqual({ id: 'too-costly-to-examine', values: { most: 2e7 } });
    expect(facts.minima).toEqual([]);
    // What was counted last is a block of lanes, no more.
    expect(meter.spent).toBeLessThan(2.1e7);
  });

  it('refuses a text whose derivative is too large, in place of failing', () => {
    const powers = Array.from({ length: 400 }, (_, k) => `(x+${k})^1023`);
    const { problem } = examined(about(powers.join('+')));
    expect(problem?.id).toBe('expression-too-large');
  });
});

describe('the examination of a collective variable', () => {
  const problemOf = (value: string) => examined({ about: 'variable', value, domain: PLANE }).problem?.id;

  it.each([
    ['x + y', undefined],
    ['100*x', undefined],
    ['3', 'cv-constant'],
    ['x - x', 'cv-constant'],
    ['1e9 + x', 'cv-constant'],
    ['1e300*x', 'cv-out-of-scale'],
    ['1e-9*x', 'cv-out-of-scale'],
    ['1/x', 'not-finite-at'],
  ])('%s', (value, problem) => expect(problemOf(value)).toBe(problem));
});

describe('where examinations are made elsewhere', () => {
  it('raises what is not known, and goes on once it is', async () => {
    const question = about('x^2 + 1.25*y^2');
    expect(() => withKnown(() => examinationOf(question))).toThrow(Unexamined);
    const asked: unknown[] = [];
    const { facts } = await whenKnown(
      () => examinationOf(question),
      async (raised) => {
        asked.push(raised);
        return examined(raised);
      },
    );
    expect(asked).toEqual([question]);
    expect(facts.minima).toHaveLength(1);
    expect(withKnown(() => examinationOf(question)).facts).toBe(facts);
  });

  it('does not raise outside', () => {
    const question = about('x^2 + 1.5*y^2');
    expect(examinationOf(question).problem).toBeNull();
    const answer = { ...examinationOf(question), problem: { id: 'told', values: {} } };
    learn(question, answer);
    expect(examinationOf(question)).toBe(answer);
  });
});
