/** Keyboard shortcuts, as the actions they name. */
import type { View } from './views.ts';

export type Action =
  | {
      do:
        | 'toggle'
        | 'help'
        | 'new-seed'
        | 'open'
        | 'camera'
        | 'share'
        | 'save'
        | 'language'
        | 'start'
        | 'end'
        | 'branch';
    }
  | { do: 'step'; n: 1 | -1; far: boolean }
  | { do: 'run'; direction: 'forward' | 'reverse' }
  | { do: 'faster'; by: 1 | -1 }
  | { do: 'sample'; index: number }
  | { do: 'view'; view: View };

const actions: Record<string, Action> = {
  ' ': { do: 'toggle' },
  Home: { do: 'start' },
  End: { do: 'end' },
  f: { do: 'run', direction: 'forward' },
  r: { do: 'run', direction: 'reverse' },
  '+': { do: 'faster', by: 1 },
  '=': { do: 'faster', by: 1 },
  '-': { do: 'faster', by: -1 },
  n: { do: 'new-seed' },
  o: { do: 'open' },
  c: { do: 'camera' },
  s: { do: 'save' },
  l: { do: 'language' },
  '?': { do: 'help' },
  b: { do: 'branch' },
  g: { do: 'view', view: 'generate' },
  p: { do: 'view', view: 'single' },
  t: { do: 'view', view: 'theorem' },
  d: { do: 'view', view: 'derivation' },
  v: { do: 'view', view: 'compare' },
  Escape: { do: 'view', view: 'run' },
};

/** Whether a control makes something of this key itself. */
function takes(control: Element, key: string): boolean {
  if (control.matches('dialog')) return key !== '?';
  if (control.matches('button, a')) return key === ' ' || key === 'Enter';
  if (control.matches('input[type=range]')) return /^(Arrow|Home|End|Page)/.test(key);
  return true;
}

/** What a key press asks for; nothing when it belongs to the control that has the focus, or to the browser. */
export function actionOf(event: KeyboardEvent): Action | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return undefined;
  // A dialogue that has just been closed may still hold the focus.
  const target = event.target instanceof Element ? event.target : undefined;
  const control = target?.closest('dialog[open]') ?? target?.closest('input, select, textarea, button, a');
  if (control && takes(control, event.key)) return undefined;
  if (event.key === 'ArrowLeft') return { do: 'step', n: -1, far: event.shiftKey };
  if (event.key === 'ArrowRight') return { do: 'step', n: 1, far: event.shiftKey };
  if (/^[1-3]$/.test(event.key)) return { do: 'sample', index: Number(event.key) - 1 };
  return actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}
