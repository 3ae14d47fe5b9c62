/** The control of one setting of the experiment, by its key. */
import { settingValue } from '../../core/params/experiment.ts';
import type { ParamSpec, ParamValue, TextSpec } from '../../core/params/params.ts';
import { settingsFor, systemOf } from '../parts/system.ts';
import { useExperiment, useStore } from '../store.ts';
import { ChoiceControl } from './ChoiceControl.tsx';
import { ListControl } from './ListControl.tsx';
import { NumberControl } from './NumberControl.tsx';
import { PlaceControl } from './PlaceControl.tsx';
import { TextControl } from './TextControl.tsx';
import { ToggleControl } from './ToggleControl.tsx';

export function SettingControl({ name }: { name: string }) {
  const experiment = useExperiment();
  const change = useStore((store) => store.change);
  const spec = settingsFor(experiment)[name];
  if (spec.kind === 'text' && (name === 'start' || name === 'target'))
    return (
      <PlaceControl
        spec={spec}
        value={experiment[name]}
        places={systemOf(experiment).facts.minima}
        onChange={(value) => change(name, value)}
      />
    );
  if (spec.kind === 'text')
    return (
      <TextControl
        spec={spec}
        value={settingValue(experiment, name) as string}
        onChange={(value) => change(name, value)}
        tall={name === 'system.energy'}
      />
    );
  return control(spec, settingValue(experiment, name), (value) => change(name, value));
}

function control(
  spec: Exclude<ParamSpec, TextSpec>,
  value: ParamValue,
  onChange: (value: ParamValue) => void,
) {
  switch (spec.kind) {
    case 'number':
      return <NumberControl spec={spec} value={value as number} onChange={onChange} />;
    case 'choice':
      return <ChoiceControl spec={spec} value={value as string} onChange={onChange} />;
    case 'toggle':
      return <ToggleControl spec={spec} value={value as boolean} onChange={onChange} />;
    case 'list':
      return <ListControl spec={spec} value={value as readonly number[]} onChange={onChange} />;
    default:
      return spec satisfies never;
  }
}
