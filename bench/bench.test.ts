/** The bench runs, and whoever is fast is also right. Never asserts speed: that is a matter of the machine. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { bench, reportText } from './node/main.ts';
import { isByHand } from './problems.ts';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

it('measures every contestant of this machine, each with means near the exact ones', async () => {
  const report = await bench({
    quick: true,
    peers: folder('peers'),
    cache: folder('../node_modules/.cache/bench'),
    openDevice: async () => 'there is no browser in this test',
    progress: () => {},
  });
  expect(report.missing).toContainEqual({ name: 'WGSL', reason: 'there is no browser in this test' });
  for (const { system, kT, results, ratios } of report.systems) {
    expect(results.length).toBeGreaterThanOrEqual(3);
    if (isByHand(system)) expect(ratios.wasmToLoop).toBeGreaterThan(0);
    else expect(ratios.wasmToLoop).toBeNull();
    for (const cost of [ratios.harmonicCost, ratios.gridCost]) expect(cost, system).toBeGreaterThan(0);
    expect(ratios.grid2dCost === null, system).toBe(system === 'double-well');
    for (const { name, ns, x, energy } of results) {
      const who = `${name} on ${system}`;
      expect(ns.median, who).toBeGreaterThan(0);
      expect(Math.abs(x.mean - x.exact) / x.standardError, who).toBeLessThan(5);
      // The time step makes the energy too high, by about 0.13 kT, 0.01 kT and 0.01 kT.
      const bias = (system === 'mueller-brown' ? 0.2 : 0.02) * kT;
      expect(Math.abs(energy.mean - energy.exact), who).toBeLessThan(5 * energy.standardError + bias);
    }
  }
  const text = reportText(report);
  expect(text).toContain('WebAssembly is');
  expect(text).toContain('WGSL: not measured, there is no browser in this test');
});
