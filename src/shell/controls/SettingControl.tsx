/** The control of one setting of the experiment, by its key. */
import { memo } from 'react';
import { settingValue } from '../../core/params/experiment.ts';
import type { ChoiceSpec, ParamSpec, ParamValue, TextSpec } from '../../core/params/params.ts';
import { optionLabel, settingWords } from '../../text/index.ts';
import type { SettingWords } from '../../text/language.ts';
import { settingsFor } from '../parts/derived.ts';
import { systemOf } from '../parts/system.ts';
import { useOfExperiment, useStore } from '../store.ts';
import { ChoiceControl } from './ChoiceControl.tsx';
import { ListControl } from './ListControl.tsx';
import { NumberControl } from './NumberControl.tsx';
import { PlaceControl } from './PlaceControl.tsx';
import { TextControl } from './TextControl.tsx';
import { ToggleControl } from './ToggleControl.tsx';

export const SettingControl = memo(({ name }: { name: string }) => {
  const change = useStore((store) => store.change);
  const { spec, value: taken } = useOfExperiment((experiment) => ({
    spec: settingsFor(experiment)[name],
    value: settingValue(experiment, name),
  }));
  // What was asked for and is still being examined is what the hand has set.
  const value = useStore(({ waiting }) => waiting[name]) ?? taken;
  const words = useOfExperiment((experiment) => settingWords(name, experiment));
  const onChange = (next: ParamValue) => change(name, next);
  if (spec.kind === 'choice')
    return <ChoiceSetting {...{ name, spec, words, onChange }} value={String(value)} />;
  if (spec.kind !== 'text') return control(spec, words, value, onChange);
  const shown = { spec, words, value: String(value), onChange };
  if (name === 'start' || name === 'target') return <PlaceSetting {...shown} />;
  return <TextControl {...shown} tall={name === 'system.energy'} />;
});

interface SettingProps<S> {
  readonly spec: S;
  readonly words: SettingWords;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function PlaceSetting(shown: SettingProps<TextSpec>) {
  const places = useOfExperiment((experiment) => systemOf(experiment).facts.minima);
  return <PlaceControl {...shown} places={places} />;
}

function ChoiceSetting({ name, ...shown }: SettingProps<ChoiceSpec> & { name: string }) {
  const { options } = shown.spec;
  const labels = useOfExperiment((experiment) =>
    options.map((option) => optionLabel(name, option, experiment)),
  );
  return <ChoiceControl {...shown} options={options.map(({ id }, k) => ({ id, label: labels[k] }))} />;
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
