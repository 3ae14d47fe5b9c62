import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { families } from '../../catalog.ts';
import { encodeQuery, movedTo } from '../../core/settings/query.ts';
import { text } from '../../text/index.ts';
import { ShareButton } from '../dialogs/ShareButton.tsx';
import { Mark, MoonIcon, RedoIcon, ScreenIcon, SunIcon, UndoIcon } from '../parts/icons.tsx';
import { allStations } from '../station.ts';
import { type ThemeChoice, useStore } from '../store.ts';
import { useNarrow } from '../theme.ts';
import { ExportMenu } from './ExportMenu.tsx';

export function Header() {
  const narrow = useNarrow();
  return (
    <header className="header">
      <h1>
        <Mark />
        Saddle
      </h1>
      <Steps />
      <div className="header-actions">
        {!narrow && <History />}
        <ThemeMenu />
        <ExportMenu />
        <ShareButton />
      </div>
    </header>
  );
}

function Steps() {
  const experiment = useStore((store) => store.experiment);
  const open = useStore((store) => store.open);
  return (
    <nav aria-label={text.frame.stations}>
      <ol className="steps">
        {allStations().map(({ id, title }, index) => (
          <li key={id}>
            <a
              href={encodeQuery(movedTo(families, experiment, id), families)}
              aria-current={id === experiment.station ? 'step' : undefined}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                open(id);
              }}
            >
              <b>{index + 1}</b>
              {title}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

export function History() {
  const { undo, redo } = useStore.getState();
  const canUndo = useStore((store) => store.past.length > 0);
  const canRedo = useStore((store) => store.future.length > 0);
  return (
    <span className="history">
      <button
        type="button"
        className="icon-button"
        aria-label={text.frame.undo}
        title={text.frame.undo}
        disabled={!canUndo}
        onClick={undo}
      >
        <UndoIcon />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={text.frame.redo}
        title={text.frame.redo}
        disabled={!canRedo}
        onClick={redo}
      >
        <RedoIcon />
      </button>
    </span>
  );
}

const THEMES: readonly { id: ThemeChoice; Icon: typeof SunIcon }[] = [
  { id: 'system', Icon: ScreenIcon },
  { id: 'light', Icon: SunIcon },
  { id: 'dark', Icon: MoonIcon },
];

function ThemeMenu() {
  const theme = useStore((store) => store.theme);
  const setTheme = useStore((store) => store.setTheme);
  const words = text.frame.theme;
  const { Icon } = THEMES.find(({ id }) => id === theme)!;
  return (
    <MenuTrigger>
      <Button className="icon-button" aria-label={words.chosen(words[theme])}>
        <Icon />
      </Button>
      <Popover className="popover">
        <Menu
          className="menu"
          aria-label={words.title}
          selectionMode="single"
          selectedKeys={[theme]}
          onAction={(key) => setTheme(key as ThemeChoice)}
        >
          {THEMES.map(({ id, Icon: Picture }) => (
            <MenuItem key={id} id={id} className="menu-item" textValue={words[id]}>
              <Picture /> {words[id]}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
