import { useState } from 'react';
import { LONG_LINK } from '../../core/settings/query.ts';
import { say } from '../frame/Toast.tsx';
import { shareLink } from '../link.ts';
import { PlainDialog } from './PlainDialog.tsx';

/** Copies the link of the present experiment; where copying is forbidden it shows the link to be copied by hand. */
export function ShareButton() {
  const [link, setLink] = useState<string | null>(null);
  const share = async () => {
    const text = shareLink();
    try {
      await navigator.clipboard.writeText(text);
      say(text.length > LONG_LINK ? 'Link copied. It is long: some programs may cut it' : 'Link copied');
    } catch {
      setLink(text);
    }
  };
  return (
    <>
      <button type="button" className="button strong" onClick={share}>
        Share
      </button>
      <PlainDialog title="Link to this experiment" isOpen={link !== null} onOpenChange={() => setLink(null)}>
        <textarea
          className="link-text"
          readOnly
          rows={4}
          aria-label="Link"
          value={link ?? ''}
          onFocus={(event) => event.target.select()}
        />
        <p>The browser does not let this page copy. Select the text and copy it.</p>
      </PlainDialog>
    </>
  );
}
