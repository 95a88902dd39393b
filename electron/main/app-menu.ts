import type { MenuItemConstructorOptions } from 'electron';

/**
 * The hidden menu behind the keys of the system: copy and paste, zoom, full screen, quit. Reloading and developer tools are there
 * only when the desk runs from its sources. F5 and Ctrl+R are keys of the entry screens and load nothing anew.
 */
export function menuTemplate(packaged: boolean): MenuItemConstructorOptions[] {
  const developer: MenuItemConstructorOptions[] = [
    { role: 'reload', accelerator: 'CmdOrCtrl+Alt+R' },
    { role: 'toggleDevTools' },
  ];
  return [
    { role: 'editMenu' },
    {
      role: 'viewMenu',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(packaged ? [] : developer),
      ],
    },
    { role: 'windowMenu', submenu: [{ role: 'minimize' }, { role: 'close' }, { role: 'quit' }] },
  ];
}
