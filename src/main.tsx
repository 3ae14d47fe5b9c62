import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './ui/App.tsx';
import { automation } from './ui/automation.ts';
import { startLinkSync } from './ui/link.ts';
import { startRuns } from './ui/runs/wiring.ts';
import './ui/style/index.css';

if (new URLSearchParams(location.search).has('bench')) {
  const { showBench } = await import('../bench/page.tsx');
  showBench(document.getElementById('root')!);
} else {
  Object.assign(globalThis, { saddle: automation() });
  startLinkSync();
  startRuns();
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
