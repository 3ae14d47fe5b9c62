/** Words of the members of families: one file a member, its name is the id. */
import type { DatasetWords, MemberWords } from '../language.ts';

type Modules<W> = Readonly<Record<string, { readonly default: W }>>;

function members<W = MemberWords>(modules: Modules<W>): Readonly<Record<string, W>> {
  return Object.fromEntries(
    Object.entries(modules).map(([path, module]) => [path.replace(/^.*\/|\.ts$/g, ''), module.default]),
  );
}

export const families = {
  system: members(import.meta.glob('./systems/*.ts', { eager: true })),
  integrator: members(import.meta.glob('./integrators/*.ts', { eager: true })),
  method: members(import.meta.glob('./methods/*.ts', { eager: true })),
  schedule: members(import.meta.glob('./schedules/*.ts', { eager: true })),
  generator: members(import.meta.glob('./generators/*.ts', { eager: true })),
};

export const datasets = members<DatasetWords>(import.meta.glob('./datasets/*.ts', { eager: true }));

/** Title of a member within a message; its id where it has no words. */
export function titleIn(family: keyof typeof families, id: string): string {
  return families[family][id]?.title ?? id;
}
