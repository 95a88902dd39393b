import type { SourceFile } from './source-file.ts';
import type { Violation } from './violation.ts';

/**
 * Files that import each other in a circle, by values or types: none of them can be understood, moved or tried without the others.
 * A type that both sides need gets a file of its own.
 * @returns one violation a circle found, at the import that closes it
 */
export function checkCircles(files: readonly SourceFile[]): Violation[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const found: Violation[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (file: SourceFile): void => {
    trail.push(file.path);
    for (const { path, line } of file.imports) {
      const next = path === null ? undefined : byPath.get(path);
      if (next === undefined || done.has(next.path)) continue;
      const start = trail.indexOf(next.path);
      if (start === -1) {
        visit(next);
        continue;
      }
      const circle = [...trail.slice(start), next.path].join(' → ');
      found.push({ rule: 'circle', path: file.path, line, problem: `closes a circle of imports: ${circle}` });
    }
    trail.pop();
    done.add(file.path);
  };
  for (const file of files) if (!done.has(file.path)) visit(file);
  return found;
}
