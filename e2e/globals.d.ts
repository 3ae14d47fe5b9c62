import type { Automation } from '../src/shell/results/automation.ts';
import type { Results } from '../src/shell/results/results.ts';
import type { ConditionResults } from '../src/stations/condition/results.ts';
import type { ExploreKeys } from '../src/stations/explore/results.ts';
import type { LearnResults } from '../src/stations/learn/results.ts';

/** The keys that tests read. */
export type AllResults = Results & ExploreKeys & LearnResults & ConditionResults;

declare global {
  var saddle: Omit<Automation, 'run'> & {
    run(...given: Parameters<Automation['run']>): Promise<AllResults>;
  };
}
