import { useState } from 'react';
import { LONG_LINK } from '../../core/settings/query.ts';
import { text } from '../../text/index.ts';
import { toast } from '../frame/Toast.tsx';
import { shareLink } from '../link.ts';
import { PlainDialog } from './PlainDialog.tsx';

/** Copies the link of the present experiment; where copying is forbidden it shows the link to be copied by hand. */
export function ShareButton() {
  const words = text.frame.share;
  const [link, setLink] = useState<string | null>(null);
  const share = async () => {
    const address = shareLink();
    try {
      await navigator.clipboard.writeText(address);
      toast(address.length > LONG_LINK ? words.copiedLong : words.copied);
    } catch {
      setLink(address);
    }
  };
  return (
    <>
      <button type="button" className="button strong" onClick={share}>
        {words.button}
      </button>
      <PlainDialog title={words.title} isOpen={link !== null} onOpenChange={() => setLink(null)}>
        <textarea
          className="link-text"
          readOnly
          rows={4}
          aria-label={words.link}
          value={link ?? ''}
          onFocus={(event) => event.target.select()}
        />
        <p>{words.copyByHand}</p>
      </PlainDialog>
    </>
  );
}
