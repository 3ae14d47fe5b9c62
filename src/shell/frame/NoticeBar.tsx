import { say, text } from '../../text/index.ts';
import { CloseIcon } from '../parts/icons.tsx';
import { systemOf } from '../parts/system.ts';
import { useOfExperiment, useStore } from '../store.ts';

/** What makes a typed energy useless at these values of its parameters. It stays until they change. */
export function EnergyProblem() {
  const problem = useOfExperiment((experiment) => systemOf(experiment).problem);
  if (!problem) return null;
  return (
    <section className="notices" role="alert" aria-label={text.frame.unusable.title}>
      <p>{text.frame.unusable.told(say(problem))}</p>
    </section>
  );
}

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
