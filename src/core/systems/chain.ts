/** A ring of equal sites: energies and names that follow from the energy of a site and of a bond. */
import type { Chain } from './contract.ts';

/** Names of the sites, counted from 1. */
export function siteNames(symbol: string, sites: number): readonly string[] {
  return Array.from({ length: sites }, (_, i) => `${symbol}${i + 1}`);
}

/** Energy of all sites and of the bonds between neighbours; the last one's neighbour is the first. */
export function chainEnergy({ site, bond }: Chain, names: readonly string[]): string {
  const terms = names.flatMap((name, i) => {
    const next = names[(i + 1) % names.length];
    return [written(site, name, next), written(bond, name, next)];
  });
  return terms.join(' + ');
}

/** The expression with u and v replaced by other names. */
function written(expression: string, u: string, v: string): string {
  return expression.replace(/\b[uv]\b/g, (name) => (name === 'u' ? u : v));
}
