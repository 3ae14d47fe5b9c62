/** Light, dark, or as the system says. */
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { cssVariables, type Palette, palettes, type ThemeName } from '../plots/palette.ts';
import { useStore } from './store.ts';

const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const prefersStillness = matchMedia('(prefers-reduced-motion: reduce)');

const isNarrow = matchMedia('(max-width: 760px)');

function useMedia(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    useCallback(
      (listener) => {
        query.addEventListener('change', listener);
        return () => query.removeEventListener('change', listener);
      },
      [query],
    ),
    () => query.matches,
  );
}

/** Too narrow for columns; the same width as in the styles. */
export function useNarrow(): boolean {
  return useMedia(isNarrow);
}

export function useThemeName(): ThemeName {
  const choice = useStore((store) => store.theme);
  const dark = useMedia(prefersDark);
  if (choice !== 'system') return choice;
  return dark ? 'dark' : 'light';
}

export function usePalette(): Palette {
  return palettes[useThemeName()];
}

/** Writes the palette of the present theme to the document. */
export function useThemeVariables(): void {
  const name = useThemeName();
  useEffect(() => {
    const root = document.documentElement;
    for (const [property, value] of cssVariables(palettes[name])) root.style.setProperty(property, value);
    root.style.colorScheme = name;
    root.dataset.theme = name;
  }, [name]);
}

export function wantsStillness(): boolean {
  return prefersStillness.matches;
}
