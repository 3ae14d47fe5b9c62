import { PlainDialog } from './PlainDialog.tsx';

const KEYS = [
  ['space', 'play or pause; train or stop'],
  ['.', 'one step'],
  ['r', 'restart with the same seed'],
  ['Ctrl/⌘ Z', 'undo the last change of a setting'],
  ['Ctrl/⌘ Shift Z', 'redo'],
  ['← → ↑ ↓', 'move a slider, or the dragged line'],
  ['drag', 'carry a walker by hand; a double click drops walker 1'],
  ['double click', 'Bias: add an umbrella window'],
  ['Delete', 'Bias: remove the window that has the focus'],
  ['?', 'this list'],
] as const;

export function HelpDialog(props: { isOpen: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <PlainDialog title="Keys" {...props}>
      <dl className="keys">
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>
        What is drawn in the colour of the text is exact, blue is simulated, orange is simulated with a bias,
        magenta comes from the model. Rest the pointer on a setting, or focus it, to read what it does.
      </p>
      <p>
        After Crabtree, Bello-Rivas, Kevrekidis, <cite>Chaos</cite> 34, 053110 (2024).
      </p>
    </PlainDialog>
  );
}
