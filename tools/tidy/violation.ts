export interface Violation {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly problem: string;
}

export const violationText = ({ rule, path, line, problem }: Violation): string =>
  `${path}:${line} [${rule}] ${problem}`;
