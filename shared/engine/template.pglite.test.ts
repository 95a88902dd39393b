import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildTemplate, readTemplate } from './template.ts';
import { openTestEngine, testFolder } from './testing.ts';

let home: ReturnType<typeof testFolder>;

beforeEach(() => {
  home = testFolder('disk');
});
afterEach(() => home.remove());

describe('the template', () => {
  it('is built once although several builders start together, and carries the migrations', async () => {
    const migrationsDir = path.join(home.folder, 'migrations');
    fs.mkdirSync(path.join(migrationsDir, 'meta'), { recursive: true });
    fs.writeFileSync(path.join(migrationsDir, '0000_a.sql'), 'create table from_template (a int);');
    const entries = [{ idx: 0, version: '7', when: 1, tag: '0000_a', breakpoints: true }];
    fs.writeFileSync(path.join(migrationsDir, 'meta', '_journal.json'), JSON.stringify({ entries }));
    const out = path.join(home.folder, 'template');
    const build = (): Promise<number | null> =>
      new Promise((resolve) => {
        const args = ['tools/build-template.ts', '--out', out, '--migrations', migrationsDir];
        spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] }).on('exit', resolve);
      });
    expect(await Promise.all([build(), build(), build()])).toEqual([0, 0, 0]);
    expect(fs.readdirSync(home.folder).sort()).toEqual(['migrations', 'template']);
    const { engine } = await openTestEngine(path.join(home.folder, 'books'), { templateDir: out });
    expect((await engine.pg.query('select * from from_template')).rows).toEqual([]);
    await engine.close();
    expect(await buildTemplate({ dir: out, migrationsDir })).toEqual({ built: false });
    fs.appendFileSync(
      path.join(migrationsDir, '0000_a.sql'),
      '--> statement-breakpoint\ncreate table another (a int);',
    );
    expect(await buildTemplate({ dir: out, migrationsDir })).toEqual({ built: true });
  });

  it('makes whole books also after an installer has left its empty folders out', async () => {
    const out = path.join(home.folder, 'template');
    await buildTemplate({ dir: out });
    const template = readTemplate(out);
    expect(template?.emptyFolders).toContain('pg_notify');
    for (const folder of template?.emptyFolders ?? []) fs.rmdirSync(path.join(out, 'pgdata', folder));
    const { engine } = await openTestEngine(path.join(home.folder, 'books'), { templateDir: out });
    expect((await engine.pg.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await engine.close();
  });

  it('is not taken from a folder without a stamp', () => {
    expect(readTemplate(undefined)).toBe(null);
    expect(readTemplate(path.join(home.folder, 'nowhere'))).toBe(null);
  });
});
