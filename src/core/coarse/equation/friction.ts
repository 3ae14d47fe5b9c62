/**
 * What a second coordinate that is not infinitely fast adds to the averaged equation.
 *
 * Its fluctuations at a held value z of the slow variable are a friction beside that of the slow variable itself (Kirkwood):
 * 1/M_eff = 1/M_z + (1/kT) times the time integral of the autocorrelation of the force. For one other coordinate y of mobility M_y the
 * integral is a quadrature, with P the distribution function of y given z and p its density: (1/kT) ∫<δf(t) δf> dt = ∫ (∂P/∂z)² / (M_y p) dy.
 * Where y follows a stiff valley y = c z that is c²/M_y. The density stays as it is, which gives the drift: b = D' - D F'/kT.
 */
import type { Density } from '../../exact/density.ts';
import { conditionalDistribution } from '../../exact/free-energy.ts';
import type { Setting } from '../../systems/model.ts';

/** Share of the stretch of values over which slopes are taken. */
const STEP = 1e-3;
/** Densities below this share of the largest weigh nothing, and would divide rounding by nothing. */
const NEGLIGIBLE = 1e-12;

export interface AveragedEquation {
  readonly drift: Float64Array;
  readonly diffusion: Float64Array;
}

/** Whether the friction is known: the slow variable is one of two coordinates that move by themselves. */
export function hasFriction({ model, cvCoordinate }: Setting): boolean {
  return (
    model.dimension === 2 && cvCoordinate >= 0 && !model.system.hidden && model.system.periodic.length === 0
  );
}

/**
 * @param fast drift and diffusion at a value, the other coordinate being infinitely fast
 * @param values at which the equation is wanted
 */
export function withFriction(
  setting: Setting,
  density: Density,
  fast: (z: number) => { readonly drift: number; readonly diffusion: number },
  values: Float64Array,
): AveragedEquation {
  const h = STEP * (values[values.length - 1] - values[0]);
  const slope = (f: (z: number) => number, z: number) => (f(z + h) - f(z - h)) / (2 * h);
  const bare = (z: number) => fast(z).diffusion;
  const diffusion = (z: number) => 1 / (1 / bare(z) + friction(setting, density, z, h) / setting.kT);
  const slopeOfF = (z: number) => (slope(bare, z) - fast(z).drift) / bare(z);
  return {
    diffusion: values.map(diffusion),
    drift: values.map((z) => slope(diffusion, z) - diffusion(z) * slopeOfF(z)),
  };
}

/** ∫ (∂P/∂z)² / (M_y p) dy. */
function friction(setting: Setting, density: Density, z: number, h: number): number {
  const { model, cvCoordinate } = setting;
  const [below, { x, density: p }, above] = [z - h, z, z + h].map((at) =>
    conditionalDistribution(setting, density, at),
  );
  const states = new Float64Array(2 * x.length).fill(z);
  states.set(x, (1 - cvCoordinate) * x.length);
  const mobility = new Float64Array(x.length);
  model.ofStates(model.mobilityNodes[1 - cvCoordinate]).evaluate(states, x.length, mobility);
  const width = x[1] - x[0];
  const least = NEGLIGIBLE * p.reduce((a, b) => Math.max(a, b), 0);
  let moved = 0;
  let sum = 0;
  for (let n = 0; n < x.length; n++) {
    // At the middle of the cell: half of its own change is before it.
    const change = ((above.density[n] - below.density[n]) / (2 * h)) * width;
    const at = moved + change / 2;
    moved += change;
    if (p[n] > least) sum += (at ** 2 / (mobility[n] * p[n])) * width;
  }
  return sum;
}
