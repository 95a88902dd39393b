import { expect, it } from 'vitest';
import { menuTemplate } from './app-menu.ts';

it('has zoom and editing always, developer tools only outside of packages', () => {
  expect(JSON.stringify(menuTemplate(true))).toContain('zoomIn');
  expect(JSON.stringify(menuTemplate(true))).toContain('editMenu');
  expect(JSON.stringify(menuTemplate(true))).not.toMatch(/toggleDevTools|reload/i);
  expect(JSON.stringify(menuTemplate(false))).toContain('toggleDevTools');
});
