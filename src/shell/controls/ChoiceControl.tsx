import { useId } from 'react';
import { Button } from 'react-aria-components/Button';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';
import type { ChoiceSpec } from '../../core/params/params.ts';
import type { SettingWords } from '../../text/language.ts';
import { ChevronIcon } from '../parts/icons.tsx';
import { ControlRow } from './ControlRow.tsx';

interface ChoiceProps {
  readonly spec: ChoiceSpec;
  readonly words: SettingWords;
  readonly options: readonly ChoiceOption[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function ChoiceControl({ spec, words, options, value, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <ControlRow spec={spec} words={words} labelId={`${id}-label`} helpId={`${id}-help`}>
      <Choice
        options={options}
        value={value}
        onChange={onChange}
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-help`}
      />
    </ControlRow>
  );
}

export interface ChoiceOption {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
}

interface BareProps {
  readonly options: readonly ChoiceOption[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly className?: string;
  readonly 'aria-label'?: string;
  readonly 'aria-labelledby'?: string;
  readonly 'aria-describedby'?: string;
}

/** A select without label, for places that bring their own. */
export function Choice({ options, value, onChange, className = '', ...aria }: BareProps) {
  return (
    <Select
      {...aria}
      className={`choice ${className}`}
      value={value}
      onChange={(key) => key !== null && onChange(String(key))}
    >
      <Button className="choice-button">
        <SelectValue>{options.find(({ id }) => id === value)?.label}</SelectValue>
        <ChevronIcon />
      </Button>
      <Popover className="popover choices">
        <ListBox items={options}>
          {({ id, label, note }) => (
            <ListBoxItem id={id} textValue={label} className="choice-item">
              <span>{label}</span>
              {note && <small>{note}</small>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
