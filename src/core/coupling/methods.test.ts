/** What every coupled method must keep. Those whose model is trained are run in `src/learn`. */
import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { parseQuery } from '../settings/query.ts';
import type { CoupledMethod } from './contract.ts';
import { CoupleRun } from './run.ts';

const BUDGET = 20_000;
const QUERY = `station=couple&system=two-channel&integrator=leimkuhler-matthews&couple.windows=8&budget=${BUDGET}`;

/** What is wrong with a method. */
async function faultsOf(method: CoupledMethod): Promise<string[]> {
  const { experiment } = parseQuery(QUERY, families);
  const finished = async () => {
    const run = new CoupleRun(
      { ...families, coupledMethods: { tested: method } },
      experiment,
      'tested',
      () => {
        throw new Error('nothing is to be trained');
      },
    );
    await run.advance();
    const frame = run.frame();
    run.dispose();
    return frame;
  };
  const [frame, again] = [await finished(), await finished()];
  const faults: string[] = [];
  if (frame.forceEvaluations > BUDGET) faults.push('spends more than its budget');
  if (frame.forceEvaluations < 0.9 * BUDGET) faults.push('leaves its budget');
  if (!frame.freeEnergy?.F.some(Number.isFinite)) faults.push('finds nothing');
  if (frame.view.windows.length !== 8) faults.push('has windows of its own');
  if (frame.view.windows.some(({ covered }) => covered) !== method.windows) faults.push('covers no window');
  if (Number.isFinite(frame.view.acceptance.overall) !== method.moves)
    faults.push('moves otherwise than it says');
  if (String(frame.freeEnergy?.F) !== String(again.freeEnergy?.F)) faults.push('does not repeat itself');
  return faults;
}

const { coupledMethods } = families;
const untrained = Object.entries(coupledMethods).filter(([, { model }]) => !model?.trains);

describe('every coupled method', () => {
  it.each(untrained)(
    '%s spends its budget on the windows of the experiment, and repeats itself',
    async (_, method) => {
      expect(await faultsOf(method)).toEqual([]);
    },
    60_000,
  );

  it('that says of itself what it does not do is rejected', async () => {
    const direct = coupledMethods.direct;
    expect(await faultsOf({ ...direct, moves: true })).toEqual(['moves otherwise than it says']);
    expect(await faultsOf({ ...direct, windows: true })).toEqual(['covers no window']);
    const idle: CoupledMethod = {
      ...direct,
      begin(context) {
        const run = direct.begin(context);
        async function* steps() {
          yield;
        }
        return Object.assign(Object.create(run), { steps });
      },
    };
    expect(await faultsOf(idle)).toContain('leaves its budget');
  }, 60_000);
});
