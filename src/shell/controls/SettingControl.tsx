/** The control of one setting of the experiment, by its key. */
import { settingValue } from '../../core/params/experiment.ts';
import type { ChoiceSpec, ParamSpec, ParamValue, TextSpec } from '../../core/params/params.ts';
import { optionLabel, settingWords } from '../../text/index.ts';
import type { SettingWords } from '../../text/language.ts';
import { settingsFor } from '../parts/derived.ts';
import { systemOf } from '../parts/system.ts';
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
  const words = settingWords(name, experiment);
  if (spec.kind === 'text' && (name === 'start' || name === 'target'))
    return (
      <PlaceControl
        spec={spec}
        words={words}
        value={experiment[name]}
        places={systemOf(experiment).facts.minima}
        onChange={(value) => change(name, value)}
      />
    );
  if (spec.kind === 'text')
    return (
      <TextControl
        spec={spec}
        words={words}
        value={settingValue(experiment, name) as string}
        onChange={(value) => change(name, value)}
        tall={name === 'system.energy'}
      />
    );
  if (spec.kind === 'choice')
    return (
      <ChoiceControl
        spec={spec}
        words={words}
        options={spec.options.map((option) => ({
          id: option.id,
          label: optionLabel(name, option, experiment),
        }))}
        value={settingValue(experiment, name) as string}
        onChange={(value) => change(name, value)}
      />
    );
  return control(spec, words, settingValue(experiment, name), (value) => change(name, value));
}

function control(
  spec: Exclude<ParamSpec, TextSpec | ChoiceSpec>,
  words: SettingWords,
  value: ParamValue,
  onChange: (value: ParamValue) => void,
) {
  switch (spec.kind) {
    case 'number':
      return <NumberControl spec={spec} words={words} value={value as number} onChange={onChange} />;
    case 'toggle':
      return <ToggleControl spec={spec} words={words} value={value as boolean} onChange={onChange} />;
    case 'list':
      return <ListControl spec={spec} words={words} value={value as readonly number[]} onChange={onChange} />;
    default:
      return spec satisfies never;
  }
}
