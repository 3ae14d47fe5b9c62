/** Frame of a control: label with symbol, help that shows on hover and on focus. Escape hides the help. */
import { type ReactNode, useState } from 'react';
import type { ParamSpec } from '../../core/params/params.ts';
import type { SettingWords } from '../../text/language.ts';
import { Tex } from '../parts/Tex.tsx';

interface RowProps {
  readonly spec: Pick<ParamSpec, 'kind' | 'symbol'>;
  readonly words: SettingWords;
  readonly inputId?: string;
  readonly labelId?: string;
  readonly helpId: string;
  readonly children: ReactNode;
}

export function ControlRow({ spec, words, inputId, labelId, helpId, children }: RowProps) {
  const [hidden, setHidden] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens to what its controls let through
    <div
      className={`control ${spec.kind}`}
      data-help={hidden ? 'hidden' : undefined}
      onKeyDown={(event) => event.key === 'Escape' && setHidden(true)}
      onPointerLeave={() => setHidden(false)}
      onBlur={() => setHidden(false)}
    >
      <label htmlFor={inputId} id={labelId}>
        {words.label}
        {spec.symbol && (
          <span aria-hidden="true">
            {' '}
            <Tex tex={spec.symbol} />
          </span>
        )}
      </label>
      {children}
      <p id={helpId} className="help">
        {words.help}
      </p>
    </div>
  );
}
