// Listens for the keys of the map. Whoever types in a field types, whatever the keys mean elsewhere.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { takeBackLast } from '../parts/undo.ts';
import type { Membership } from '../workspace.ts';
import { jumps, SINGLE, singleKeysOn, type ToolKey } from './shortcuts.ts';

const WAIT_MS = 1200;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.role === 'textbox');

export function useShortcuts(workspace: Membership, show: (tool: ToolKey) => void): void {
  const navigate = useNavigate();
  const jumpUntil = useRef(0);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey) return;
      const typing = isTyping(event.target);
      if (event.ctrlKey || event.metaKey) {
        if (event.code === 'KeyK' && !event.shiftKey) {
          event.preventDefault();
          show('palette');
        } else if (event.code === 'KeyZ' && !event.shiftKey && !typing && takeBackLast()) event.preventDefault();
        return;
      }
      if (typing || !singleKeysOn() || document.querySelector('[role=dialog]') !== null) return;
      if (Date.now() < jumpUntil.current) {
        jumpUntil.current = 0;
        const page = jumps(workspace.permissions).find(({ letter }) => event.code === `Key${letter}`);
        if (page) {
          event.preventDefault();
          void navigate({ to: `/w/$workspace/${page.path}`, params: { workspace: workspace.id } } as never);
          return;
        }
      }
      if (event.key === '?') {
        event.preventDefault();
        show('keys');
      } else if (event.shiftKey) return;
      else if (event.code === 'KeyG') jumpUntil.current = Date.now() + WAIT_MS;
      else {
        const single = SINGLE.find(({ code }) => code === event.code);
        if (!single) return;
        event.preventDefault();
        show(single.tool);
      }
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [navigate, show, workspace]);
}
