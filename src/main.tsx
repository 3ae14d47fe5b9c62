import './shell/style/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { members } from './catalog.ts';
import { App } from './shell/frame/App.tsx';
import { startLinkSync } from './shell/link.ts';
import { automation } from './shell/results/automation.ts';
import { startRuns } from './shell/runs/wiring.ts';
import { registerStations, type StationPage } from './shell/station.ts';
import { whenOpened } from './shell/store.ts';

if (new URLSearchParams(location.search).has('bench')) {
  const { showBench } = await import('../bench/page.tsx');
  showBench(document.getElementById('root')!);
} else {
  Object.assign(globalThis, { saddle: automation() });
  registerStations(members<StationPage>(import.meta.glob('./stations/*/*.station.tsx', { eager: true })));
  startLinkSync();
  whenOpened().then(startRuns);
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
