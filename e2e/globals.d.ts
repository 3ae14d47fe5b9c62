import type { Automation } from '../src/shell/results/automation.ts';

declare global {
  var saddle: Automation;
}
