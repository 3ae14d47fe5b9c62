import type { Automation } from '../src/ui/automation.ts';

declare global {
  var saddle: Automation;
}
