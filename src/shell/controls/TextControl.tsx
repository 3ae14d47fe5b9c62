import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import type { TextSpec } from '../../core/params/params.ts';
import { say, text } from '../../text/index.ts';
import type { SettingWords } from '../../text/language.ts';
import { ControlRow } from './ControlRow.tsx';
import { Understood } from './Understood.tsx';
import { useTextProblem } from './use-text-problem.ts';

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
  /** The hand has left the field: what is in order is taken over as soon as that is known. */
  const [left, setLeft] = useState(false);
  const { problem, examining } = useTextProblem(spec, draft);
  const mended = problem && draft !== null ? spec.mend?.(draft) : undefined;
  const write = (next: string | null) => {
    setLeft(false);
    setDraft(next);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `onChange` is a fresh closure at every render
  useEffect(() => {
    if (draft === null || problem || examining || !(left || tall)) return;
    const take = () => {
      if (draft !== value) onChange(draft);
      if (left) write(null);
    };
    if (left) return take();
    const timer = setTimeout(take, REST);
    return () => clearTimeout(timer);
  }, [tall, draft, problem, examining, left, value]);
  const field = {
    id,
    autoComplete: 'off',
    spellCheck: false,
    value: draft ?? value,
    'aria-describedby': problem ? `${id}-help ${id}-problem` : `${id}-help`,
    'aria-invalid': problem !== undefined,
    onBlur: () => setLeft(true),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter' && !tall) setLeft(true);
      if (event.key === 'Escape') write(null);
    },
  };
  return (
    <ControlRow spec={spec} words={words} inputId={id} helpId={`${id}-help`}>
      {tall ? (
        <textarea
          {...field}
          className="entry tall"
          rows={5}
          onChange={(event) => write(event.target.value)}
        />
      ) : (
        <input {...field} className="entry wide" onChange={(event) => write(event.target.value)} />
      )}
      {draft !== null && <Understood spec={spec} draft={draft} />}
      {examining && (
        <p className="remark" role="status">
          {text.frame.examining.title}
        </p>
      )}
      {problem && (
        <p className="field-problem" id={`${id}-problem`} role="status">
          {say(problem)}{' '}
          {mended !== undefined && (
            <button type="button" className="link-text" onClick={() => write(mended)}>
              {text.controls.instead(mended)}
            </button>
          )}
        </p>
      )}
    </ControlRow>
  );
}
