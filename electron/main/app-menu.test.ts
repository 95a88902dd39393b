import { expect, it } from 'vitest';
import { menuTemplate } from './app-menu.ts';

it('has zoom and editing always, developer tools only outside of packages', () => {
  expect(JSON.stringify(menuTemplate(true))).toContain('zoomIn');
  expect(JSON.stringify(menuTemplate(true))).toContain('editMenu');
  expect(JSON.stringify(menuTemplate(true))).not.toMatch(/toggleDevTools|reload/i);
  expect(JSON.stringify(menuTemplate(false))).toContain('toggleDevTools');
});

it('leaves F5 and Ctrl+R to the entry screens', () => {
  const reload = JSON.stringify(menuTemplate(false)).match(/\{"role":"reload"[^}]*\}/)?.[0];
  expect(reload).toContain('"accelerator":"CmdOrCtrl+Alt+R"');
  expect(JSON.stringify(menuTemplate(false))).not.toMatch(/forceReload|"F5"/i);
});
