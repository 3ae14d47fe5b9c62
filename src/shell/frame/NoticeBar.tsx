import { say, text } from '../../text/index.ts';
import { CloseIcon } from '../parts/icons.tsx';
import { useStore } from '../store.ts';

/** What a link asked for and did not get. The text of the link is shown as text. */
export function NoticeBar() {
  const notices = useStore((store) => store.notices);
  const unexamined = useStore((store) => store.unexamined);
  const dismiss = useStore((store) => store.dismiss);
  if (notices.length === 0 && unexamined === null) return null;
  return (
    <section className="notices" aria-label={text.frame.notices.title}>
      <div role="status">
        {unexamined !== null && <p>{unexamined}</p>}
        {notices.length > 0 && <p>{text.frame.notices.intro}</p>}
        <ul>
          {notices.map(({ key, value, message }) => (
            <li key={`${key} ${value} ${message.id}`}>
              <code>{value ? `${key}=${value}` : key}</code> {say(message)}
            </li>
          ))}
        </ul>
      </div>
      <button type="button" className="icon-button" aria-label={text.frame.notices.dismiss} onClick={dismiss}>
        <CloseIcon />
      </button>
    </section>
  );
}
