/** Biased steps, with springs and temperatures of each walker's own: WebAssembly against the interpreter. */
import { describe, expect, it } from 'vitest';
import { BIASED_RUNS, stepErrors } from '../../../../checks/biased.ts';
import { WasmEngine } from './wasm-engine.ts';

describe.each(BIASED_RUNS)('$integrator in $system, own temperature: $ownTemperature', (run) => {
  it('takes the same step as the interpreter, 300 times', async () => {
    const { apart, moved } = await stepErrors(run, (...given) => new WasmEngine(...given), 300);
    // Where proposals are rejected, rounding decides a close call now and then.
    expect(apart).toBeLessThanOrEqual(run.integrator === 'metropolis' ? 2 : 0);
    expect(Math.min(...moved)).toBeGreaterThan(0.1);
  });
});
