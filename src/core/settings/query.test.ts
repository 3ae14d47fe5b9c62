import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { limitsOf, type ParamSpec, type ParamValue } from '../params/params.ts';
import { encodeQuery, movedTo, openingOf, parseQuery } from './query.ts';
import { defaultExperiment, settingsOf, withValue } from './settings.ts';

const parse = (text: string) => parseQuery(text, families);
const keysOf = (text: string) => parse(text).notices.map(({ key }) => key);

function arbitraryValue(spec: ParamSpec): fc.Arbitrary<ParamValue> {
  switch (spec.kind) {
    case 'number': {
      const [min, max] = limitsOf(spec);
      return spec.integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true }).map((v) => v + 0);
    }
    case 'choice':
      return fc.constantFrom(...spec.options.map(({ id }) => id));
    case 'toggle':
      return fc.boolean();
    case 'list': {
      const [min, max] = spec.limits;
      // Links do not tell -0 from 0.
      const number = fc.double({ min, max, noNaN: true }).map((v) => v + 0);
      return fc.array(number, { minLength: spec.empty === undefined ? 1 : 0, maxLength: spec.maxLength });
    }
    case 'text':
      return fc.constant(spec.default);
    default:
      return spec satisfies never;
  }
}

/** Experiments reached by changing settings one after the other, as a user would. */
const arbitraryExperiment = fc
  .constantFrom(...Object.keys(families.systems))
  .map((system) => withValue(families, defaultExperiment(families), 'system', system))
  .chain((start) => {
    const settings = settingsOf(families, start);
    const keys = Object.keys(settings).filter((key) => key !== 'system');
    return fc
      .array(
        fc
          .constantFrom(...keys)
          .chain((key) => arbitraryValue(settings[key]).map((value) => ({ key, value }))),
        { maxLength: 8 },
      )
      .map((changes) =>
        changes.reduce((e, { key, value }) => {
          // Another method may have a parameter of the same name with other limits.
          const same = JSON.stringify(settingsOf(families, e)[key]) === JSON.stringify(settings[key]);
          return same ? withValue(families, e, key, value) : e;
        }, start),
      );
  });

describe('links', () => {
  it('read back to the same experiment, without a notice', () => {
    fc.assert(
      fc.property(arbitraryExperiment, (experiment) => {
        const link = encodeQuery(experiment, families);
        expect(parse(link)).toEqual({ experiment, notices: [] });
        expect(parse(`https://example.org/saddle/${link}`).experiment).toEqual(experiment);
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  it('hold only what differs from the defaults', () => {
    expect(encodeQuery(defaultExperiment(families), families)).toBe('#/explore?v=1');
    expect(encodeQuery(parse('system=mueller-brown&kT=15&at=0.5').experiment, families)).toBe(
      '#/explore?v=1&system=mueller-brown&at=0.5',
    );
  });

  it('open what the station shows best where nothing is asked for, and the defaults as soon as anything is', () => {
    expect(parse('#/couple')).toMatchObject({
      experiment: { station: 'couple', system: 'fold' },
      notices: [],
    });
    for (const text of ['#/couple?v=1', '#/couple?seed=1', 'station=couple'])
      expect(parse(text).experiment).toMatchObject({ system: 'three-hole', budget: 2e6, arms: 'metropolis' });
  });

  it.each(Object.keys(families.stations))('open %s without a notice, and write that as a link', (station) => {
    const { experiment, notices } = parse(`#/${station}`);
    expect(notices).toEqual([]);
    expect(parse(encodeQuery(experiment, families)).experiment).toEqual(experiment);
  });

  it('leave the opening of a station behind with it, and nothing that was changed', () => {
    const opened = movedTo(families, openingOf(families, 'explore'), 'couple');
    expect(opened).toEqual(openingOf(families, 'couple'));
    expect(movedTo(families, opened, 'explore')).toEqual(openingOf(families, 'explore'));
    const changed = withValue(families, opened, 'seed', 7);
    expect(movedTo(families, changed, 'explore')).toMatchObject({ system: 'fold', seed: 7 });
  });

  it('take the station from the path or from the query', () => {
    for (const text of ['#/condition', '#/condition?v=1', 'station=condition', '#/explore?station=condition'])
      expect(parse(text)).toMatchObject({ experiment: { station: 'condition' }, notices: [] });
  });

  it('bring the scales of their system', () => {
    const { experiment } = parse('system=mueller-brown');
    expect(experiment).toMatchObject({ kT: 15, cv: 'x', 'integrator.dt': 1e-4 });
  });
});

/** Links that people hold. Their meaning must never change: add lines, do not edit them. */
const CORPUS: readonly [string, object][] = [
  ['', { station: 'explore', system: 'three-hole', seed: 1, walkers: 256, kT: 0.4 }],
  [
    'station=condition&system=three-hole&kT=0.6&seed=11&data=equilibrium&data.n=20000&at=-1,0,0.7&train.steps=4000&samples=5000',
    {
      station: 'condition',
      kT: 0.6,
      seed: 11,
      data: 'equilibrium',
      'data.n': 20_000,
      'data.flat': true,
      at: [-1, 0, 0.7],
      'train.steps': 4000,
      samples: 5000,
    },
  ],
  [
    '#/explore?v=1&system=mueller-brown&kT=15&walkers=256&time=2',
    { system: 'mueller-brown', kT: 15, walkers: 256, time: 2, integrator: 'euler-maruyama' },
  ],
  [
    '#/learn?v=1&system=fast-slow-double-well&system.barrier=7&system.epsilon=0.2&generator=probability-flow&network.width=32',
    {
      station: 'learn',
      'system.barrier': 7,
      'system.epsilon': 0.2,
      generator: 'probability-flow',
      'network.width': 32,
    },
  ],
  [
    '#/learn?v=1&data=biased&method=umbrella&budget=500000&data.n=4000',
    { station: 'learn', data: 'biased', method: 'umbrella', budget: 500_000, 'data.n': 4000 },
  ],
  ['#/condition?v=1&data=simulation&time=20', { station: 'condition', data: 'simulation', time: 20 }],
  [
    '#/learn?v=1&schedule=vp&schedule.betaMin=0.2&generator=reverse-sde&generator.steps=300&train.weighting=score',
    {
      schedule: 'vp',
      'schedule.betaMin': 0.2,
      'schedule.betaMax': 20,
      generator: 'reverse-sde',
      'generator.steps': 300,
      'train.weighting': 'score',
    },
  ],
  ['#/learn?v=1&data=file', { station: 'learn', data: 'file' }],
  ['#/condition?v=1&data=drawn', { station: 'condition', data: 'drawn' }],
];

describe('the integrator', () => {
  const at = (text: string, ...stations: string[]) =>
    stations.reduce((e, station) => withValue(families, e, 'station', station), parse(text).experiment);

  it('is of second order in Bias unless the link says another, and Euler-Maruyama elsewhere', () => {
    expect(parse('#/bias').experiment.integrator).toBe('leimkuhler-matthews');
    expect(parse('#/explore').experiment.integrator).toBe('euler-maruyama');
    expect(parse('#/bias?integrator=euler-maruyama').experiment.integrator).toBe('euler-maruyama');
    expect(encodeQuery(parse('#/bias').experiment, families)).not.toContain('integrator');
  });

  it('follows the station with its time step, and stays where it was chosen', () => {
    const followed = at('#/explore?integrator.dt=0.0007', 'bias');
    expect(followed).toMatchObject({ integrator: 'leimkuhler-matthews', 'integrator.dt': 0.0007 });
    expect(withValue(families, followed, 'station', 'explore')).toEqual(
      parse('#/explore?integrator.dt=0.0007').experiment,
    );
    const chosen = '#/explore?integrator=baoab&integrator.friction=3';
    expect(at(chosen, 'bias', 'explore')).toEqual(parse(chosen).experiment);
  });
});

describe('the corpus of old links', () => {
  it.each(CORPUS)('%s', (link, meaning) => {
    expect(parse(link)).toMatchObject({ experiment: meaning, notices: [] });
  });
});

describe('bad links', () => {
  it.each<[string, string[]]>([
    ['kT=-1', ['kT']],
    ['system=nope', ['system']],
    ['at=banana', ['at']],
    ['at=', ['at']],
    ['seed=1e99', ['seed']],
    ['seed=1.5', ['seed']],
    ['walkers=NaN', ['walkers']],
    ['walkers=Infinity', ['walkers']],
    ['walkers=0x10', ['walkers']],
    ['colour=red', ['colour']],
    ['system.barrier=3', ['system.barrier']],
    ['schedule.betaMin=3', ['schedule.betaMin']],
    ['schedule=linear', ['schedule']],
    ['__proto__=1&constructor=2&toString=3', ['__proto__', 'constructor', 'toString']],
    ['kT=1&kT=2', ['kT']],
    ['data.flat=maybe', ['data.flat']],
    ['v=99', ['v']],
    ['cv=z', ['cv']],
    ['#/nowhere?kT=1', ['station']],
    ['kT=%E0%A4%A', ['kT']],
    ['#banana', ['station']],
    ['#/learn:?kT=1', ['station']],
    ['#/foo:bar', ['station']],
  ])('%s is told and survived', (text, keys) => {
    expect(keysOf(text)).toEqual(keys);
    expect(() => encodeQuery(parse(text).experiment, families)).not.toThrow();
  });

  it('reads what was copied from the source of a web page', () => {
    expect(keysOf('#/explore?v=1&amp;kT=0.6&amp;seed=3')).toEqual([]);
    expect(parse('#/explore?v=1&amp;kT=0.6&amp;seed=3').experiment).toMatchObject({ kT: 0.6, seed: 3 });
  });

  it('takes the address of a page for no station', () => {
    expect(keysOf('https://example.org/saddle/')).toEqual([]);
    expect(keysOf('https://example.org/saddle/#/bias?v=1')).toEqual([]);
  });

  it('clamps to the limits and says so', () => {
    const { experiment, notices } = parse('kT=1e9&walkers=1e9&at=-5,0');
    expect(experiment).toMatchObject({ kT: 1000, walkers: 16_384, at: [-2, 0] });
    expect(notices).toHaveLength(3);
  });

  it('opens the defaults on a link of a megabyte', () => {
    const { experiment, notices } = parse(`#/learn?kT=${'1'.repeat(1e6)}`);
    expect(experiment).toEqual(defaultExperiment(families));
    expect(notices).toHaveLength(1);
  });

  it('lists a bounded number of notices, each short', () => {
    const hostile = Array.from({ length: 500 }, (_, i) => `k${i}=${'<img onerror=alert(1)>'.repeat(20)}`);
    const { notices } = parse(hostile.join('&').slice(0, 16_000));
    expect(notices.length).toBeLessThan(30);
    for (const { value } of notices) expect(value.length).toBeLessThan(70);
  });

  it('never throws and always gives an experiment that can be shared, whatever the text', () => {
    const keys = Object.keys(settingsOf(families, defaultExperiment(families)));
    const pair = fc
      .tuple(fc.oneof(fc.constantFrom(...keys), fc.string({ maxLength: 8 })), fc.string({ maxLength: 12 }))
      .map(([key, value]) => `${key}=${value}`);
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 6 }), (pairs) => {
        const { experiment } = parse(`#/learn?${pairs.join('&')}`);
        expect(parse(encodeQuery(experiment, families))).toEqual({ experiment, notices: [] });
      }),
      { numRuns: 1000, seed: 3 },
    );
  });
});
