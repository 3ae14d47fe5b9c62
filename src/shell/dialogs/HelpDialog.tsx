import { text } from '../../text/index.ts';
import { Sentence } from '../parts/Sentence.tsx';
import { Lessons } from './Lessons.tsx';
import { PlainDialog } from './PlainDialog.tsx';

export function HelpDialog(props: { isOpen: boolean; onOpenChange: (open: boolean) => void }) {
  const { title, keys, colours, source, journal } = text.frame.help;
  return (
    <PlainDialog title={title} {...props}>
      <dl className="keys">
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>{colours}</p>
      <Lessons leave={() => props.onOpenChange(false)} />
      <p>
        <Sentence text={source} parts={{ journal: <cite>{journal}</cite> }} />
      </p>
    </PlainDialog>
  );
}
