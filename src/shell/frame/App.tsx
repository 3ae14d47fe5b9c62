import { useState } from 'react';
import { text } from '../../text/index.ts';
import { ControlPanel } from '../controls/ControlPanel.tsx';
import { HelpDialog } from '../dialogs/HelpDialog.tsx';
import { LessonPanel } from '../lessons/LessonPanel.tsx';
import { useLesson } from '../lessons/lesson-store.ts';
import { Announcer } from '../parts/Announcer.tsx';
import { LearningFirst, useLearnedProblem } from '../parts/Learned.tsx';
import { stationOf, stationProblem } from '../station.ts';
import { useOfExperiment, useStore } from '../store.ts';
import { useNarrow, useThemeVariables } from '../theme.ts';
import { Examining, Opening } from './Examining.tsx';
import { Footer } from './Footer.tsx';
import { Header } from './Header.tsx';
import { useKeyboard } from './keyboard.ts';
import { EnergyProblem, NoticeBar } from './NoticeBar.tsx';
import { Toast } from './Toast.tsx';

export function App() {
  const opening = useStore(({ loaded }) => loaded === 0);
  useThemeVariables();
  return opening ? <Opening /> : <Page />;
}

function Page() {
  const station = useOfExperiment(stationOf);
  const { id, View, title, run } = station;
  const [helpOpen, setHelpOpen] = useState(false);
  const inLesson = useLesson(({ lesson }) => lesson !== null);
  const unlearned = useLearnedProblem();
  const unable = useOfExperiment(stationProblem);
  const problem = unlearned ?? unable;
  useKeyboard(problem === null ? run : null, () => setHelpOpen(true));
  return (
    <div className={`page ${inLesson ? 'in-lesson' : ''}`}>
      <button type="button" className="skip" onClick={focusStation}>
        {text.frame.skip}
      </button>
      <Header />
      <div className="news">
        <EnergyProblem />
        <NoticeBar />
      </div>
      <Examining />
      <main id="station" tabIndex={-1} className="station" aria-label={title}>
        {unlearned === null ? <View key={id} /> : <LearningFirst />}
      </main>
      <aside className="panel" aria-label={text.frame.settings}>
        <LessonPanel />
        <Settings folded={inLesson} />
      </aside>
      <Footer station={station} problem={problem} openHelp={() => setHelpOpen(true)} />
      <HelpDialog isOpen={helpOpen} onOpenChange={setHelpOpen} />
      <Announcer run={run} />
      <Toast />
    </div>
  );
}

/** On a narrow screen the figures come first and the settings are folded away. In a lesson they stand below it. */
function Settings({ folded }: { folded: boolean }) {
  const narrow = useNarrow();
  if (!narrow || folded) return <ControlPanel />;
  return (
    <details className="settings">
      <summary>{text.frame.settings}</summary>
      <ControlPanel />
    </details>
  );
}

/** Not a link: the hash holds the experiment, and a jump within the page must not write to it. */
function focusStation(): void {
  document.getElementById('station')?.focus();
}
