import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { type TextSpec, textProblem } from '../../core/params/params.ts';
import { say, text } from '../../text/index.ts';
import type { SettingWords } from '../../text/language.ts';
import { ControlRow } from './ControlRow.tsx';

interface TextProps {
  readonly spec: TextSpec;
  readonly words: SettingWords;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Several lines, taken over while they are typed. */
  readonly tall?: boolean;
}

/** A text in the making is taken over when the hand has rested so long, ms. */
const REST = 350;

/** A text that is taken over when it is in order; one that is not stays in the field, with the reason below. */
export function TextControl({ spec, words, value, onChange, tall = false }: TextProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const problem = draft === null ? undefined : textProblem(spec, draft);
  const mended = problem && draft !== null ? spec.mend?.(draft) : undefined;
  const commit = () => {
    if (draft === null || problem) return;
    if (draft !== value) onChange(draft);
    setDraft(null);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `onChange` is a fresh closure at every render
  useEffect(() => {
    if (!tall || draft === null || problem || draft === value) return;
    const timer = setTimeout(() => onChange(draft), REST);
    return () => clearTimeout(timer);
  }, [tall, draft, problem, value]);
  const field = {
    id,
    autoComplete: 'off',
    spellCheck: false,
    value: draft ?? value,
    'aria-describedby': problem ? `${id}-help ${id}-problem` : `${id}-help`,
    'aria-invalid': problem !== undefined,
    onBlur: commit,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter' && !tall) commit();
      if (event.key === 'Escape') setDraft(null);
    },
  };
  return (
    <ControlRow spec={spec} words={words} inputId={id} helpId={`${id}-help`}>
      {tall ? (
        <textarea
          {...field}
          className="entry tall"
          rows={5}
          onChange={(event) => setDraft(event.target.value)}
        />
      ) : (
        <input {...field} className="entry wide" onChange={(event) => setDraft(event.target.value)} />
      )}
      {problem && (
        <p className="field-problem" id={`${id}-problem`} role="status">
          {say(problem)}{' '}
          {mended !== undefined && (
            <button type="button" className="link-text" onClick={() => setDraft(mended)}>
              {text.controls.instead(mended)}
            </button>
          )}
        </p>
      )}
    </ControlRow>
  );
}
